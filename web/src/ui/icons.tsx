// The page's few icons, drawn here so that none is fetched. Decoration: the button beside it has the words.
import type { ComponentChildren, JSX } from "preact";

function Icon({ children, filled = false }: { children: ComponentChildren; filled?: boolean }): JSX.Element {
  return (
    <svg class={filled ? "icon filled" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const PlayIcon = () => <Icon filled><path d="M8 5.3v13.4c0 .9 1 1.4 1.7.9l10-6.7c.7-.4.7-1.4 0-1.8l-10-6.7C9 3.9 8 4.4 8 5.3z" /></Icon>;
export const PauseIcon = () => <Icon filled><rect x="6.5" y="5" width="4" height="14" rx="1.3" /><rect x="13.5" y="5" width="4" height="14" rx="1.3" /></Icon>;
export const StopIcon = () => <Icon filled><rect x="6" y="6" width="12" height="12" rx="2.2" /></Icon>;
export const NextIcon = () => <Icon filled><path d="M5 6.2v11.6c0 .9 1 1.4 1.7.8l8.3-5.8c.6-.4.6-1.2 0-1.6L6.7 5.4C6 4.9 5 5.3 5 6.2z" /><rect x="16.5" y="5" width="2.8" height="14" rx="1.2" /></Icon>;
export const LaterIcon = () => <Icon><circle cx="12" cy="12" r="8" /><path d="M12 7.5V12l3 2.2" /></Icon>;
export const HeartIcon = ({ filled }: { filled: boolean }) => <Icon filled={filled}><path d="M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.3 4.3 4.3 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z" /></Icon>;
export const CameraIcon = () => <Icon><rect x="3" y="6.5" width="12.5" height="11" rx="2.5" /><path d="M15.5 11l5-3v8l-5-3" /></Icon>;
export const VolumeIcon = () => <Icon><path d="M4 9.5v5h3.5L12 18V6L7.5 9.5H4z" /><path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" /></Icon>;
export const SunIcon = () => <Icon><circle cx="12" cy="12" r="4" /><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4" /></Icon>;
export const MoonIcon = () => <Icon><path d="M19.5 14.3A8 8 0 0 1 9.7 4.5a8 8 0 1 0 9.8 9.8z" /></Icon>;
export const AutoIcon = () => <Icon><circle cx="12" cy="12" r="8" /><path d="M12 4a8 8 0 0 1 0 16z" class="solid" /></Icon>;
export const HelpIcon = () => <Icon><circle cx="12" cy="12" r="8.5" /><path d="M9.6 9.7a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1.1.9-1.1 1.6v.4M12 16.7v.1" /></Icon>;
export const CloseIcon = () => <Icon><path d="M6.5 6.5l11 11M17.5 6.5l-11 11" /></Icon>;
export const PlusIcon = () => <Icon><path d="M12 5.5v13M5.5 12h13" /></Icon>;
export const MinusIcon = () => <Icon><path d="M5.5 12h13" /></Icon>;
export const WholeIcon = () => <Icon><path d="M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15" /></Icon>;
export const LassoIcon = () => <Icon><path d="M7.5 15.5C5 14.5 3.5 12.8 3.5 10.5 3.5 7 7.3 4.5 12 4.5s8.5 2.5 8.5 6-3.8 6-8.5 6c-1.2 0-2.3-.1-3.3-.4" /><circle cx="7.6" cy="16.3" r="1.9" /><path d="M7 18.2c-.2 1-.8 1.7-1.8 2.1" /></Icon>;
export const MapIcon = () => <Icon><circle cx="7" cy="8" r="1.6" /><circle cx="15.5" cy="6.5" r="1.6" /><circle cx="17.5" cy="13.5" r="1.6" /><circle cx="10.5" cy="13" r="1.6" /><circle cx="6.5" cy="17.5" r="1.6" /><circle cx="14" cy="18" r="1.6" /></Icon>;
export const WordsIcon = () => <Icon><path d="M4.5 7h15M4.5 12h10M4.5 17h12.5" /></Icon>;
export const GripIcon = () => <Icon><path d="M6 9h12M6 15h12" /></Icon>;
