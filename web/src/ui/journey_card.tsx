// A journey: a curve in the plane from the mood to a goal, bent by hand, with the songs along it.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Mood } from "../core/emotions.ts";
import { clock_text, songs_text } from "../core/format.ts";
import { bent, handles_of, kGoals, straightened, type Bend, type Goal, type Handle, type Journey } from "../core/journey.ts";
import { mood_at, moved_by_key, point_of, words_for } from "../core/plane.ts";
import type { House } from "../live/house.ts";
import { JourneyPlanner } from "../live/journey_planner.ts";
import { KeepAsList } from "./keep_as_list.tsx";
import { tint } from "./theme.ts";
import { useCell } from "./use_cell.ts";

const kBox = { width: 100, height: 100 };
const kGoalWords: Readonly<Record<Goal, string>> = { lift: "to a bright mood", calm: "to calm", focus: "to focus" };
const kCounts = [4, 6, 8, 12, 16, 24] as const;

function percent(mood: Mood): Record<string, string> {
  const { x, y } = point_of(mood, kBox);
  return { left: `${x}%`, top: `${y}%` };
}

const line_of = (points: readonly Mood[]): string => points.map((mood) => {
  const { x, y } = point_of(mood, kBox);
  return `${x},${y}`;
}).join(" ");

/** Mouse, finger and arrow keys move a handle; Delete takes its bend out of the curve. */
function HandleDot({ planner, handle, plane }: { planner: JourneyPlanner; handle: Handle; plane: { current: HTMLElement | null } }) {
  const held = useRef(false);
  const bend = (bends: readonly Bend[]) => {
    planner.bends.set(bends);
    planner.ask();
  };
  const start = (event: PointerEvent) => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    held.current = true;
  };
  const move = (event: PointerEvent) => {
    const box = plane.current?.getBoundingClientRect();
    if (!held.current || box === undefined) return;
    bend(bent(planner.bends.value, handle, mood_at({ x: event.clientX - box.left, y: event.clientY - box.top }, box)));
  };
  const end = () => { held.current = false; };
  const on_key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const takes_out = handle.is_bend && (event.key === "Delete" || event.key === "Backspace");
    const moved = event.key === "Home" ? null : moved_by_key(handle, event.key, event.shiftKey);
    if (!takes_out && moved === null) return;
    event.preventDefault();
    bend(moved === null ? straightened(planner.bends.value, handle.id) : bent(planner.bends.value, handle, moved));
  };
  return (
    <div
      class={handle.is_bend ? "bend set" : "bend"} style={percent(handle)} role="slider" tabIndex={0}
      data-testid="journey-bend" data-set={handle.is_bend} data-valence={handle.valence} data-arousal={handle.arousal}
      aria-label={handle.is_bend ? "Bend of the way: arrow keys move it, Delete takes it out" : "Bend the way here: arrow keys"}
      aria-valuemin={-1} aria-valuemax={1} aria-valuenow={handle.valence} aria-valuetext={words_for(handle)}
      onPointerDown={start} onPointerMove={move} onPointerUp={end} onPointerCancel={end} onKeyDown={on_key}
    />
  );
}

function JourneyPlane({ planner }: { planner: JourneyPlanner }) {
  const plane = useRef<HTMLDivElement>(null);
  const from = useCell(planner.from);
  const bends = useCell(planner.bends);
  const plan = useCell(planner.plan);
  const to = plan?.to ?? null;
  const handles = to === null ? [] : handles_of(from, bends, to);
  return (
    <div class="plane journey-plane" data-testid="journey-plane" ref={plane}>
      <span class="corner tense">tense</span>
      <span class="corner happy">excited, happy</span>
      <span class="corner sad">sad</span>
      <span class="corner calm">calm</span>
      {plan !== null && (
        <svg class="curve" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <polyline class="asked" data-testid="journey-curve" points={line_of(plan.curve)} />
          <polyline class="walked" points={line_of(plan.songs)} />
        </svg>
      )}
      {plan?.songs.map((song, i) => (
        <span key={song.id} class="stop" style={{ ...percent(song), ...tint(song) }} title={`${song.title} by ${song.artist}`} aria-hidden="true">
          {i + 1}
        </span>
      ))}
      {handles.map((handle) => <HandleDot key={handle.id} planner={planner} handle={handle} plane={plane} />)}
    </div>
  );
}

function Stops({ plan }: { plan: Journey }) {
  return (
    <ol class="stops">
      {plan.songs.map((song, i) => (
        <li key={song.id} data-testid="journey-song" data-song-id={song.id} data-valence={song.valence} data-arousal={song.arousal}>
          <span class="title">{song.title}</span> <span class="facts">{song.artist}</span>
          <span class="because">{plan.reasons[i]?.join(" · ")}</span>
        </li>
      ))}
    </ol>
  );
}

export function JourneyCard({ house }: { house: House }) {
  const planner = useMemo(() => new JourneyPlanner(), []);
  const [open, set_open] = useState(false);
  const { mood } = useCell(house.mood);
  const status = useCell(house.library.status);
  const goal = useCell(planner.goal);
  const count = useCell(planner.songs);
  const plan = useCell(planner.plan);
  const fault = useCell(planner.fault);
  useEffect(() => {
    if (!open) return;
    planner.from.set(mood ?? { valence: 0, arousal: 0 });
    planner.ask();
  }, [open, mood, status?.revision]);
  if (!open) {
    return (
      <section class="card journey">
        <button class="button" data-testid="journey-open" onClick={() => set_open(true)}>Plan a journey to another mood</button>
      </section>
    );
  }
  return (
    <section class="card journey" aria-labelledby="journey-title">
      <div class="card-head">
        <h2 id="journey-title">A journey</h2>
        <label>Where to <select
          data-testid="journey-goal" value={goal}
          onChange={(event) => { planner.goal.set(event.currentTarget.value as Goal); planner.ask(); }}
        >{kGoals.map((name) => <option key={name} value={name}>{kGoalWords[name]}</option>)}</select></label>
        <label>Songs <select
          data-testid="journey-count" value={count}
          onChange={(event) => { planner.songs.set(Number(event.currentTarget.value)); planner.ask(); }}
        >{kCounts.map((number) => <option key={number} value={number}>{number}</option>)}</select></label>
        {plan !== null && plan.songs.length > 0 && (
          <button class="button small" data-testid="journey-play" onClick={() => void house.play_these(plan.songs.map(({ id }) => id))}>
            Play this
          </button>
        )}
        {plan !== null && plan.songs.length > 0 && (
          <KeepAsList house={house} name={`A way ${kGoalWords[goal]}`} where="journey" songs={() => plan.songs.map(({ id }) => id)} />
        )}
        <button class="quiet" data-testid="journey-close" onClick={() => set_open(false)}>close</button>
      </div>
      <JourneyPlane planner={planner} />
      <p class="readout" role="status" data-testid="journey-told">
        {fault !== "" ? fault : plan === null ? "" : [`${songs_text(plan.songs.length)}, ${clock_text(plan.length_ms / 1000)}`, ...plan.notes].join(" · ")}
      </p>
      {plan !== null && <Stops plan={plan} />}
    </section>
  );
}
