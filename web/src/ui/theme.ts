// Light, dark, or as the system says; and the colour of the mood, which tints the whole page.
import { Cell } from "../core/cell.ts";
import type { Mood } from "../core/emotions.ts";
import { colour_of, type MaybeMood } from "../core/plane.ts";
import { recall, remember } from "../live/memory.ts";

export const kThemes = ["auto", "light", "dark"] as const;
export type Theme = (typeof kThemes)[number];

export const theme = new Cell<Theme>(kThemes.find((name) => name === recall("theme")) ?? "auto");

export function apply_theme(): void {
  const wear = (name: Theme) => {
    if (name === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset["theme"] = name;
  };
  wear(theme.value);
  theme.watch((name) => {
    wear(name);
    remember("theme", name);
  });
}

export function next_theme(name: Theme): Theme {
  return kThemes[(kThemes.indexOf(name) + 1) % kThemes.length] ?? "auto";
}

const kHouseHue = 300;

export function tint_page(mood: Mood | null): void {
  const { hue, strength } = mood === null ? { hue: kHouseHue, strength: 0.5 } : colour_of(mood);
  const style = document.documentElement.style;
  style.setProperty("--hue", String(hue));
  style.setProperty("--vivid", strength.toFixed(2));
}

/** Style properties of anything that wears the colour of one mood; without one, that of the page. */
export function tint({ valence, arousal }: MaybeMood): Record<string, string> {
  if (valence === null || arousal === null) return {};
  const { hue, strength } = colour_of({ valence, arousal });
  return { "--hue": String(hue), "--vivid": strength.toFixed(2) };
}
