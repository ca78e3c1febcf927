import { useEffect, useState } from "preact/hooks";
import { songs_text } from "../core/format.ts";
import type { House } from "../live/house.ts";
import { AutoIcon, HelpIcon, MapIcon, MoonIcon, SunIcon } from "./icons.tsx";
import { go_to_map } from "./keys.ts";
import { next_theme, theme } from "./theme.ts";
import { useCell } from "./use_cell.ts";

const kThemeWords = { auto: "as the system", light: "light", dark: "dark" } as const;

function ThemeButton() {
  const worn = useCell(theme);
  const words = `Colours: ${kThemeWords[worn]}. Change to ${kThemeWords[next_theme(worn)]}.`;
  return (
    <button class="round" data-testid="theme" aria-label={words} title={words} onClick={() => theme.update(next_theme)}>
      {worn === "auto" ? <AutoIcon /> : worn === "light" ? <SunIcon /> : <MoonIcon />}
    </button>
  );
}

/** Whole seconds until `when`, counted down on the screen. */
function useSecondsUntil(when: number | null): number {
  const [now, set_now] = useState(Date.now());
  useEffect(() => {
    if (when === null) return undefined;
    set_now(Date.now());
    const timer = setInterval(() => set_now(Date.now()), 250);
    return () => clearInterval(timer);
  }, [when]);
  return when === null ? 0 : Math.max(0, Math.ceil((when - now) / 1000));
}

function LibraryState({ house }: { house: House }) {
  const status = useCell(house.library.status);
  if (status === null) return null;
  const { scanning } = status;
  if (scanning === null) return <span data-testid="library-state">{songs_text(status.songs)}</span>;
  return (
    <span class="scanning" data-testid="library-state">
      <progress value={scanning.done} max={Math.max(1, scanning.total)} aria-label="Scanning the music" />
      {scanning.done} of {scanning.total} files heard
    </span>
  );
}

function ServerState({ house }: { house: House }) {
  const connection = useCell(house.socket.connection);
  const away = connection.state === "away" ? connection.retry_at : null;
  const seconds = useSecondsUntil(away);
  const words = connection.state === "open" ? "connected"
    : connection.state === "connecting" ? "connecting…"
    : seconds > 0 ? `the server is away, trying again in ${seconds} s` : "trying again…";
  return (
    <span class={`link ${connection.state}`} data-testid="connection" data-state={connection.state} role="status">
      {words}
    </span>
  );
}

export function Header({ house, on_help }: { house: House; on_help: () => void }) {
  return (
    <header class="top">
      <div class="name">
        <img src="./mark.svg" alt="" width="34" height="34" />
        <h1>Harmonic Fusion</h1>
      </div>
      <p class="state">
        <LibraryState house={house} />
        <ServerState house={house} />
      </p>
      <div class="tools">
        <button class="round" data-testid="go-to-map" aria-label="To the map" title="To the map (G)" onClick={go_to_map}><MapIcon /></button>
        <button class="round" data-testid="help" aria-label="Help and keys" title="Help and keys (?)" onClick={on_help}>
          <HelpIcon />
        </button>
        <ThemeButton />
      </div>
    </header>
  );
}
