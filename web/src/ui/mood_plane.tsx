// The valence/arousal plane: the library's songs as faint dots, the queue's brighter, and the mood point,
// which mouse, finger and arrow keys move.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Mood } from "../core/emotions.ts";
import { signed_text } from "../core/format.ts";
import { mood_at, moved_by_key, point_of, sureness_words, words_for, type Size } from "../core/plane.ts";
import { is_placed, type PlacedSong } from "../core/protocol.ts";
import { nearest_song } from "../core/song_map.ts";
import type { House } from "../live/house.ts";
import { SongDotsPainter } from "./song_dots.ts";
import { theme } from "./theme.ts";
import { useCell } from "./use_cell.ts";
import { useSize } from "./use_size.ts";
import { useSong } from "./use_song.ts";

const kMiddle: Mood = { valence: 0, arousal: 0 };
const kHoverReach = 0.05;

function percent(mood: Mood): Record<string, string> {
  const { x, y } = point_of(mood, { width: 100, height: 100 });
  return { left: `${x}%`, top: `${y}%` };
}

function Way({ from, to }: { from: Mood; to: Mood }) {
  const a = point_of(from, { width: 100, height: 100 });
  const b = point_of(to, { width: 100, height: 100 });
  return (
    <svg class="way" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
    </svg>
  );
}

/** As wide as the truth may lie from the point. */
function Doubt({ mood, uncertainty }: { mood: Mood; uncertainty: number }) {
  const across = `${(uncertainty * 100).toFixed(1)}%`; // the plane is two units wide, the disc two radii
  return (
    <span
      class="doubt" aria-hidden="true" data-testid="mood-doubt" data-uncertainty={uncertainty}
      style={{ ...percent(mood), width: across, height: across }}
    />
  );
}

function SongDots({ house, size }: { house: House; size: Size }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef(new SongDotsPainter());
  const map = useCell(house.library.map);
  const queue = useCell(house.queue);
  const playing = useCell(house.player.state).song;
  const worn = useCell(theme);
  useEffect(() => {
    if (canvas.current !== null) painter.current.draw(canvas.current, size, map, queue?.songs ?? [], playing);
  }, [map, queue, playing, size, worn]);
  return <canvas ref={canvas} class="dots" aria-hidden="true" />;
}

function useDrag(house: House, plane: { current: HTMLElement | null }) {
  const [dragging, set_dragging] = useState(false);
  const here = (event: PointerEvent): Mood => {
    const box = plane.current?.getBoundingClientRect() ?? new DOMRect();
    return mood_at({ x: event.clientX - box.left, y: event.clientY - box.top }, box);
  };
  const start = (event: PointerEvent) => {
    if (event.button !== 0) return;
    plane.current?.setPointerCapture(event.pointerId);
    set_dragging(true);
    house.set_mood(here(event));
  };
  const move = (event: PointerEvent) => { if (dragging) house.set_mood(here(event)); };
  const end = () => set_dragging(false);
  return { dragging, here, start, move, end };
}

export function MoodPlane({ house }: { house: House }) {
  const plane = useRef<HTMLDivElement>(null);
  const size = useSize(plane);
  const view = useCell(house.mood);
  const map = useCell(house.library.map);
  const target = useCell(house.queue)?.target ?? null;
  const drag = useDrag(house, plane);
  const [hovered, set_hovered] = useState(-1);
  const hovered_song = useSong(house, map.ids[hovered] ?? null);
  const mood = view.mood ?? kMiddle;
  const close_by = useSong(house, useMemo(() => map.ids[nearest_song(map, mood)] ?? null, [mood, map]));
  const apart = target !== null && view.mood !== null
    && Math.hypot(target.valence - mood.valence, target.arousal - mood.arousal) > 0.08;

  const on_key = (event: KeyboardEvent) => {
    const moved = moved_by_key(mood, event.key, event.shiftKey);
    if (moved === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    house.set_mood(moved);
  };
  const on_move = (event: PointerEvent) => {
    drag.move(event);
    set_hovered(drag.dragging ? -1 : nearest_song(map, drag.here(event), kHoverReach));
  };
  const words = view.mood === null ? "not known" : words_for(mood);
  const sureness = view.uncertainty === null ? "" : sureness_words(view.uncertainty);
  const numbers = `valence ${signed_text(mood.valence)}, arousal ${signed_text(mood.arousal)}`;
  return (
    <div class="plane-box">
      <div
        class={drag.dragging ? "plane dragging" : "plane"} data-testid="mood-plane" ref={plane}
        onPointerDown={drag.start} onPointerMove={on_move} onPointerUp={drag.end} onPointerCancel={drag.end}
        onPointerLeave={() => set_hovered(-1)}
      >
        <SongDots house={house} size={size} />
        <span class="axis pleasant" aria-hidden="true">pleasant →</span>
        <span class="axis lively" aria-hidden="true">↑ lively</span>
        <span class="corner tense">tense</span>
        <span class="corner happy">excited, happy</span>
        <span class="corner sad">sad</span>
        <span class="corner calm">calm</span>
        {apart && target !== null && <Way from={mood} to={target} />}
        {apart && target !== null && <span class="target" style={percent(target)} aria-hidden="true" />}
        {view.mood !== null && view.uncertainty !== null && <Doubt mood={view.mood} uncertainty={view.uncertainty} />}
        {hovered_song !== null && is_placed(hovered_song) && <SongLabel song={hovered_song} />}
        <div
          class={`point ${view.source}`} data-testid="mood-point" style={percent(mood)}
          data-valence={view.mood === null ? undefined : mood.valence}
          data-arousal={view.mood === null ? undefined : mood.arousal}
          role="slider" tabIndex={0} aria-label="Mood: arrow keys move it, with Shift in bigger steps"
          aria-valuemin={-1} aria-valuemax={1} aria-valuenow={mood.valence}
          aria-valuetext={view.mood === null ? "not known" : [words, numbers, sureness].filter(Boolean).join(", ")} onKeyDown={on_key}
        />
      </div>
      <p class="readout">
        <strong>{words}</strong>
        {view.mood !== null && <span class="numbers">{numbers}</span>}
        {sureness !== "" && <span data-testid="mood-sureness">{sureness}</span>}
        {view.mood !== null && close_by !== null && <span class="near">nearest song: {close_by.title}</span>}
        {view.mood === null && <span class="near">drag the point, or turn the camera on</span>}
      </p>
    </div>
  );
}

function SongLabel({ song }: { song: PlacedSong }) {
  const side = `${song.valence > 0.2 ? "leftwards" : ""} ${song.arousal > 0.6 ? "below" : ""}`;
  return <span class={`song-label ${side}`} style={percent(song)}>{song.title}<small>{song.artist}</small></span>;
}
