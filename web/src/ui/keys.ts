// The page's keyboard shortcuts. A control that has the focus keeps the keys that it needs itself.
import type { House } from "../live/house.ts";

function takes_text(target: EventTarget | null): boolean {
  if (target instanceof HTMLSelectElement) return true; // letters go to the choice that begins with them
  return target instanceof HTMLInputElement && !["range", "radio", "checkbox"].includes(target.type);
}

function takes_space(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, input, a, summary") !== null;
}

export function go_to_map(): void {
  document.querySelector<HTMLElement>("[data-testid=map]")?.focus();
}

export function listen_to_keys(house: House, on_help: () => void): () => void {
  const acts: Readonly<Record<string, () => void>> = {
    " ": () => house.player.toggle(),
    n: () => house.player.tell({ type: "next" }),
    x: () => house.player.tell({ type: "not_now" }),
    s: () => house.player.tell({ type: "stop" }),
    l: () => {
      const { song } = house.player.state.value;
      if (song !== null) void house.library.toggle_like(song);
    },
    w: () => document.querySelector<HTMLElement>("[data-testid=lyrics-toggle]")?.click(),
    m: () => document.querySelector<HTMLElement>("[data-testid=mood-point]")?.focus(),
    g: go_to_map,
    "?": on_help,
  };
  const on_key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || takes_text(event.target)) return;
    if (event.key === " " && takes_space(event.target)) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", on_key);
  return () => document.removeEventListener("keydown", on_key);
}
