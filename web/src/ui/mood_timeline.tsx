// The last minutes of the mood as two lines, with brief movements as ticks below them.
import { useEffect, useState } from "preact/hooks";
import { signed_text } from "../core/format.ts";
import type { Movement } from "../core/protocol.ts";
import { ago_words, lines_of, place_in_span, region_words, type Axis } from "../core/timeline.ts";
import type { House } from "../live/house.ts";
import { useCell } from "./use_cell.ts";

const kAxes: readonly (readonly [Axis, string])[] = [["valence", "pleasant"], ["arousal", "lively"]];
const kMostTold = 3;

/** The clock of the pictures, once a second. */
function useNow(): number {
  const [now, set_now] = useState(performance.now());
  useEffect(() => {
    const timer = setInterval(() => set_now(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Told({ movements, now }: { movements: readonly Movement[]; now: number }) {
  return (
    <ol class="movements" aria-label="Brief movements, newest first">
      {movements.slice(-kMostTold).reverse().map((movement) => (
        <li key={movement.onset} data-testid="movement" data-region={movement.region}>
          <strong>{region_words(movement)}</strong> moved for {Math.round(movement.offset - movement.onset)} ms, {ago_words(movement.apex, now)}
        </li>
      ))}
    </ol>
  );
}

export function MoodTimeline({ house }: { house: House }) {
  const line = useCell(house.timeline);
  const { mood } = useCell(house.mood);
  const now = Math.max(useNow(), line.steps.at(-1)?.at ?? 0);
  const words = mood === null ? "not known now"
    : `now pleasant ${signed_text(mood.valence)}, lively ${signed_text(mood.arousal)}`;
  const { length } = line.movements;
  const moved = length === 0 ? "" : `; ${length} brief ${length === 1 ? "movement" : "movements"}`;
  return (
    <figure class="timeline" data-testid="mood-timeline">
      <figcaption>
        <span>The last three minutes</span>
        {kAxes.map(([axis, name]) => <span key={axis} class={`key ${axis}`}>{name}</span>)}
        {line.movements.length > 0 && <span class="key brief">brief movement</span>}
      </figcaption>
      <div class="course" role="img" aria-label={`The mood over the last three minutes: ${words}${moved}`}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <line class="middle" x1="0" y1="50" x2="100" y2="50" />
          {kAxes.map(([axis]) => lines_of(line, axis, now).map((points, i) => (
            <polyline key={`${axis}${i}`} class={axis} points={points} data-testid={`timeline-${axis}`} />
          )))}
        </svg>
        {line.movements.map((movement) => (
          <span
            key={movement.onset} class="tick" data-testid="movement-tick" title={region_words(movement)}
            style={{ left: `${place_in_span(movement.apex, now) * 100}%` }}
          />
        ))}
      </div>
      <p class="ends" aria-hidden="true"><span>3 min ago</span><span>now</span></p>
      {line.movements.length > 0 && <Told movements={line.movements} now={now} />}
    </figure>
  );
}
