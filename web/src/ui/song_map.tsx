// The map of the library: every heard song as a point of the plane. Drag, wheel or two fingers move it, a press plays
// a song, a line drawn around songs chooses them; keys and buttons do the same.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { songs_text } from "../core/format.ts";
import { kWholeMap, kZoomStep, viewed_by_key, zoomed, type MapView } from "../core/map_view.ts";
import { words_for, type Size } from "../core/plane.ts";
import type { Song } from "../core/protocol.ts";
import { corner_counts, from_the_middle, type SongMap } from "../core/song_map.ts";
import type { House } from "../live/house.ts";
import { LassoIcon, MinusIcon, PlusIcon, WholeIcon } from "./icons.tsx";
import { KeepAsList } from "./keep_as_list.tsx";
import { theme } from "./theme.ts";
import { useCell } from "./use_cell.ts";
import { useMap, type MapState, type Pointed } from "./use_map.ts";
import { useSize } from "./use_size.ts";
import { useSong } from "./use_song.ts";

/** What the map shows, for those who cannot see it. */
function MapWords({ map }: { map: SongMap }) {
  const { happy, tense, sad, calm } = useMemo(() => corner_counts(map), [map]);
  const count = (songs: number) => songs.toLocaleString("en");
  return (
    <p class="map-words" id="map-words" data-testid="map-words">
      {map.count === 0 ? "No song was heard yet." : (
        `${songs_text(map.count)}: ${count(happy)} on the excited and happy side, ${count(tense)} on the tense, `
        + `${count(sad)} on the sad, ${count(calm)} on the calm.`
      )}
    </p>
  );
}

function Label({ song, at, size }: { song: Song; at: Pointed["at"]; size: Size }) {
  const side = `${at.x > size.width * 0.6 ? "leftwards" : ""} ${at.y < size.height * 0.2 ? "below" : ""}`;
  return (
    <span class={`song-label ${side}`} data-testid="map-label" style={{ left: `${at.x}px`, top: `${at.y}px` }}>
      {song.title}<small>{song.artist} · {words_for(song)}</small>
    </span>
  );
}

interface ToolsProps {
  readonly state: MapState;
  readonly size: Size;
  readonly drawing: boolean;
  readonly set_drawing: (on: boolean) => void;
}

function Tools({ state, size, drawing, set_drawing }: ToolsProps) {
  const glide = (change: (view: MapView) => MapView) => {
    const painter = state.painter.current;
    state.look_away();
    if (painter !== null) painter.glide_to(change(painter.view.value));
  };
  const middle = { x: size.width / 2, y: size.height / 2 };
  return (
    <div class="map-tools" role="group" aria-label="Map">
      <button
        class="button small" data-testid="map-lasso" aria-pressed={drawing} title="Draw a line around songs (or drag with Shift)"
        onClick={() => set_drawing(!drawing)}
      ><LassoIcon />Draw around songs</button>
      <button class="button small" data-testid="map-choose-view" onClick={state.choose_all_in_view}>Choose all in view</button>
      <button
        class="round" data-testid="map-closer" aria-label="Closer" title="Closer (+)"
        onClick={() => glide((view) => zoomed(view, size, kZoomStep, middle))}
      ><PlusIcon /></button>
      <button
        class="round" data-testid="map-farther" aria-label="Farther" title="Farther (-)"
        onClick={() => glide((view) => zoomed(view, size, 1 / kZoomStep, middle))}
      ><MinusIcon /></button>
      <button class="round" data-testid="map-whole" aria-label="The whole map" title="The whole map (0)" onClick={() => glide(() => kWholeMap)}>
        <WholeIcon />
      </button>
    </div>
  );
}

function Chosen({ house, map, state }: { house: House; map: SongMap; state: MapState }) {
  const { chosen } = state;
  if (chosen === null) return null;
  const songs = () => from_the_middle(map, chosen).map((index) => map.ids[index]!);
  return (
    <div class="chosen" data-testid="map-chosen" data-songs={chosen.length}>
      <span role="status">{chosen.length === 0 ? "No song lies inside." : `${songs_text(chosen.length)} chosen; they play from their middle outwards.`}</span>
      {chosen.length > 0 && <button class="button primary small" data-testid="map-play" onClick={() => void house.play_these(songs())}>Play these</button>}
      {chosen.length > 0 && <KeepAsList house={house} name="From the map" where="map" songs={songs} />}
      <button class="button small" data-testid="map-clear" onClick={() => state.choose(null, [])}>Clear</button>
    </div>
  );
}

export function SongMapCard({ house }: { house: House }) {
  const elements = { box: useRef<HTMLDivElement>(null), songs: useRef<HTMLCanvasElement>(null), over: useRef<HTMLCanvasElement>(null) };
  const size = useSize(elements.box);
  const map = useCell(house.library.map);
  const playing = useCell(house.player.state).song?.id ?? null;
  const worn = useCell(theme);
  const [drawing, set_drawing] = useState(false);
  const play = (index: number) => {
    void house.library.song(map.ids[index]!).then((song) => { if (song !== null) house.player.tell({ type: "choose", song }); });
  };
  const state = useMap(elements, map, size, drawing, play);
  const { painter, pointed } = state;
  const song = useSong(house, pointed && (map.ids[pointed.index] ?? null));
  useEffect(() => painter.current?.mark({ playing }), [playing]);
  useEffect(() => painter.current?.repaint(), [worn]);

  const on_key = (event: KeyboardEvent) => {
    const shown = painter.current;
    if (shown === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const view = viewed_by_key(shown.view.value, size, event.key);
    if (view !== null) {
      shown.glide_to(view);
      state.look_at_middle(view);
    } else if (event.key === "Enter" && pointed !== null) play(pointed.index);
    else if (event.key === "Escape") state.choose(null, []);
    else return;
    event.preventDefault();
  };
  const on_focus = () => {
    if (painter.current === null || elements.box.current?.matches(":focus-visible") !== true) return;
    painter.current.mark({ cross: true });
    state.look_at_middle(painter.current.view.value);
  };
  const on_blur = () => {
    painter.current?.mark({ cross: false });
    state.look_away();
  };
  return (
    <section class="card map-card" aria-labelledby="map-title">
      <div class="card-head">
        <h2 id="map-title">The map of your library</h2>
        <Tools state={state} size={size} drawing={drawing} set_drawing={set_drawing} />
      </div>
      <div
        class={drawing ? "map drawing" : "map"} data-testid="map" data-songs={map.count} ref={elements.box} tabIndex={0}
        role="application" aria-label="Map of the library: arrow keys move it, plus and minus zoom, Enter plays the song in the middle"
        aria-describedby="map-words" onKeyDown={on_key} onFocus={on_focus} onBlur={on_blur}
      >
        <canvas ref={elements.songs} aria-hidden="true" />
        <canvas ref={elements.over} aria-hidden="true" />
        <span class="corner tense" aria-hidden="true">tense</span>
        <span class="corner happy" aria-hidden="true">excited, happy</span>
        <span class="corner sad" aria-hidden="true">sad</span>
        <span class="corner calm" aria-hidden="true">calm</span>
        {pointed !== null && song !== null && <Label song={song} at={pointed.at} size={size} />}
      </div>
      <p class="unseen" role="status" data-testid="map-told">{song === null ? "" : `${song.title} by ${song.artist}, ${words_for(song)}`}</p>
      <Chosen house={house} map={map} state={state} />
      <MapWords map={map} />
    </section>
  );
}
