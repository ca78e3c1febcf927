// What is believed of the listener, in words; it can be forgotten, and that can be taken back.
import { songs_text } from "../core/format.ts";
import type { House } from "../live/house.ts";
import { useCell } from "./use_cell.ts";

export function BeliefsPanel({ house }: { house: House }) {
  const told = useCell(house.beliefs.told);
  const forgotten = useCell(house.beliefs.forgotten);
  if (told === null) return null;
  return (
    <section class="card beliefs" aria-labelledby="beliefs-title" data-testid="beliefs" data-songs={told.songs}>
      <div class="card-head">
        <h2 id="beliefs-title">What I believe you like</h2>
        {forgotten && <button class="button small" data-testid="beliefs-undo" onClick={() => void house.beliefs.change("undo")}>Undo</button>}
        {told.songs > 0 && <button class="button small" data-testid="beliefs-forget" onClick={() => void house.beliefs.change("forget")}>Forget</button>}
      </div>
      {told.beliefs.length > 0 ? (
        <ul>{told.beliefs.map(({ mood, text }) => <li key={mood} data-testid="belief" data-mood={mood}>{text}</li>)}</ul>
      ) : (
        <p class="quiet-words" data-testid="beliefs-none">
          {forgotten && told.songs === 0 ? "All is forgotten. " : ""}
          Nothing yet: {songs_text(told.songs)} heard to an end or skipped say too little.
        </p>
      )}
    </section>
  );
}
