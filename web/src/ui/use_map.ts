// The map's state for its component: what is shown, pointed at, drawn around and chosen.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Mood } from "../core/emotions.ts";
import { encircled } from "../core/lasso.ts";
import { kMostZoom, mood_under, panned, place_in, scale_of, zoomed, type MapView } from "../core/map_view.ts";
import type { Point, Size } from "../core/plane.ts";
import { mood_of, nearest_song, type SongMap } from "../core/song_map.ts";
import { listen_to_hands } from "./map_gestures.ts";
import { MapPainter } from "./map_painter.ts";

const kReach = 14; // pixels from a dot that still mean it
const kReachFromMiddle = 60;

/** A song with its place on the map, in pixels. */
export interface Pointed {
  readonly index: number;
  readonly at: Point;
}

export interface MapState {
  readonly painter: { readonly current: MapPainter | null };
  readonly pointed: Pointed | null;
  readonly chosen: readonly number[] | null;
  /** The song nearest to the middle of a view, for those who steer by keys. */
  readonly look_at_middle: (view: MapView) => void;
  readonly look_away: () => void;
  readonly choose: (songs: readonly number[] | null, line: readonly Mood[]) => void;
  readonly choose_all_in_view: () => void;
}

export interface MapElements {
  readonly box: { current: HTMLDivElement | null };
  readonly songs: { current: HTMLCanvasElement | null };
  readonly over: { current: HTMLCanvasElement | null };
}

function song_near(map: SongMap, view: MapView, size: Size, point: Point, reach: number): Pointed | null {
  const index = nearest_song(map, mood_under(view, size, point), reach, scale_of(view, size));
  return index < 0 ? null : { index, at: place_in(view, size, mood_of(map, index)) };
}

export function useMap(elements: MapElements, map: SongMap, size: Size, drawing: boolean, on_play: (index: number) => void): MapState {
  const painter = useRef<MapPainter | null>(null);
  const [pointed, set_pointed] = useState<Pointed | null>(null);
  const [chosen, set_chosen] = useState<readonly number[] | null>(null);
  const now = useRef({ drawing, on_play });
  now.current = { drawing, on_play };

  const point = (to: Pointed | null) => {
    set_pointed((before) => (before?.index === to?.index && before?.at.x === to?.at.x && before?.at.y === to?.at.y ? before : to));
    painter.current?.mark({ hovered: to?.index ?? -1 });
  };
  const choose = (songs: readonly number[] | null, line: readonly Mood[]) => {
    const shown = painter.current;
    if (shown === null) return;
    shown.chosen = songs && new Uint8Array(shown.map.count);
    for (const index of songs ?? []) shown.chosen![index] = 1;
    shown.mark({ line });
    shown.repaint();
    set_chosen(songs);
  };

  useEffect(() => {
    const { box, songs, over } = elements;
    if (box.current === null || songs.current === null || over.current === null) return undefined;
    const { dataset } = box.current;
    const shown = painter.current = new MapPainter(songs.current, over.current);
    const note_view = ({ valence, arousal, zoom }: MapView) => {
      Object.assign(dataset, { valence: valence.toFixed(4), arousal: arousal.toFixed(4), zoom: zoom.toFixed(3) });
    };
    note_view(shown.view.value);
    shown.view.watch(note_view);
    const as_moods = (points: readonly Point[]) => points.map((at) => mood_under(shown.view.value, shown.size, at));
    const stop = listen_to_hands(box.current, {
      pan: (by) => shown.show(panned(shown.view.value, shown.size, by)),
      zoom: (factor, at) => {
        const { zoom } = shown.view.value;
        if (zoom === 1 && factor <= 1 || zoom === kMostZoom && factor >= 1) return false;
        point(null);
        shown.show(zoomed(shown.view.value, shown.size, factor, at));
        return true;
      },
      hover: (at) => point(at && song_near(shown.map, shown.view.value, shown.size, at, kReach)),
      press: (at) => {
        const song = song_near(shown.map, shown.view.value, shown.size, at, kReach);
        if (song !== null) now.current.on_play(song.index);
      },
      draws: (shift) => shift || now.current.drawing,
      line: (points) => shown.mark({ line: as_moods(points) }),
      line_ends: (points) => {
        if (points === null) return shown.mark({ line: [] });
        const line = as_moods(points);
        choose(encircled(shown.map, line), line);
      },
    });
    return () => {
      stop();
      shown.close();
    };
  }, []);

  useEffect(() => {
    if (painter.current === null) return;
    painter.current.size = size;
    point(null);
    painter.current.repaint();
  }, [size]);
  useEffect(() => {
    if (painter.current === null) return;
    painter.current.map = map;
    point(null);
    choose(null, []); // its places are those of the old map
  }, [map]);

  return {
    painter, pointed, chosen, choose,
    look_at_middle: (view) => point(song_near(map, view, size, { x: size.width / 2, y: size.height / 2 }, kReachFromMiddle)),
    look_away: () => point(null),
    choose_all_in_view: () => {
      const shown = painter.current;
      if (shown === null) return;
      const corner = (x: number, y: number) => mood_under(shown.view.value, size, { x: x * size.width, y: y * size.height });
      const line = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
      choose(encircled(map, line), []);
    },
  };
}
