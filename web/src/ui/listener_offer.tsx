// "Are you Ann?": for listeners who enrolled themselves. Nothing happens before a yes.
import type { House } from "../live/house.ts";
import { useCell } from "./use_cell.ts";

export function ListenerOffer({ house }: { house: House }) {
  const { name, agreed } = useCell(house.listener);
  if (name === null) return null;
  if (agreed) {
    return <p class="offer greeted" data-testid="listener-greeting" role="status">Hello, <strong>{name}</strong>.</p>;
  }
  return (
    <div class="offer" role="group" aria-labelledby="offer-words" data-testid="listener-offer">
      <p id="offer-words" role="status">Are you <strong>{name}</strong>?</p>
      <button class="button small primary" data-testid="listener-yes" onClick={() => house.answer_listener(name, true)}>Yes</button>
      <button class="button small" data-testid="listener-no" onClick={() => house.answer_listener(name, false)}>No</button>
    </div>
  );
}
