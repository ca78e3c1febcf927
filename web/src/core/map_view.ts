// Which part of the plane the map shows, and where things stand in it. Pixels grow downwards, arousal upwards.
import type { Mood } from "./emotions.ts";
import { clamp, type Point, type Size } from "./plane.ts";

export interface MapView extends Mood { // the middle of what is shown
  readonly zoom: number; // 1 shows the whole plane, kMostZoom a kMostZoom-th of it
}

export const kWholeMap: MapView = { valence: 0, arousal: 0, zoom: 1 };
export const kMostZoom = 64;
/** The whole map has a rim around it, so that songs at the plane's edge can be seen and encircled. */
const kRim = 1.06;
/** The plane from edge to edge, without that rim. */
export const kBarePlane: MapView = { valence: 0, arousal: 0, zoom: kRim };

/** Pixels for one unit of each axis. */
export function scale_of(view: MapView, size: Size): Point {
  return { x: (size.width * view.zoom) / (2 * kRim), y: (size.height * view.zoom) / (2 * kRim) };
}

export function place_in(view: MapView, size: Size, mood: Mood): Point {
  const scale = scale_of(view, size);
  return {
    x: size.width / 2 + (mood.valence - view.valence) * scale.x,
    y: size.height / 2 - (mood.arousal - view.arousal) * scale.y,
  };
}

/** Not cut off at the plane's edge: a lasso may go around it. */
export function mood_under(view: MapView, size: Size, point: Point): Mood {
  const scale = scale_of(view, size);
  return {
    valence: view.valence + (point.x - size.width / 2) / scale.x,
    arousal: view.arousal - (point.y - size.height / 2) / scale.y,
  };
}

/** A view that does not look past the plane. */
function kept({ valence, arousal, zoom }: MapView): MapView {
  const held = clamp(zoom, 1, kMostZoom);
  const room = kRim * (1 - 1 / held);
  return { valence: clamp(valence, -room, room), arousal: clamp(arousal, -room, room), zoom: held };
}

/** The plane moves with the hand, by pixels. */
export function panned(view: MapView, size: Size, by: Point): MapView {
  const scale = scale_of(view, size);
  return kept({ ...view, valence: view.valence - by.x / scale.x, arousal: view.arousal + by.y / scale.y });
}

/** What lies under `at` stays there, as far as the edge allows. */
export function zoomed(view: MapView, size: Size, factor: number, at: Point): MapView {
  const under = mood_under(view, size, at);
  const zoom = clamp(view.zoom * factor, 1, kMostZoom);
  const scale = scale_of({ ...view, zoom }, size);
  return kept({
    valence: under.valence - (at.x - size.width / 2) / scale.x,
    arousal: under.arousal + (at.y - size.height / 2) / scale.y,
    zoom,
  });
}

export const kZoomStep = 1.5;
const kPanShare = 0.15; // of the map's side, with one press of an arrow key

/** Where a key takes the view; null for keys that mean nothing here. */
export function viewed_by_key(view: MapView, size: Size, key: string): MapView | null {
  const middle = { x: size.width / 2, y: size.height / 2 };
  switch (key) {
    case "ArrowLeft": return panned(view, size, { x: size.width * kPanShare, y: 0 });
    case "ArrowRight": return panned(view, size, { x: -size.width * kPanShare, y: 0 });
    case "ArrowUp": return panned(view, size, { x: 0, y: size.height * kPanShare });
    case "ArrowDown": return panned(view, size, { x: 0, y: -size.height * kPanShare });
    case "+":
    case "=": return zoomed(view, size, kZoomStep, middle);
    case "-": return zoomed(view, size, 1 / kZoomStep, middle);
    case "0":
    case "Home": return kWholeMap;
    default: return null;
  }
}

/** Between two views, `share` of the way; zoom by ratio, which looks even. */
export function between(from: MapView, to: MapView, share: number): MapView {
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  // The middle moves as the zoom does, so that what stays under the hand stays there on the way.
  const moved = Math.abs(to.zoom - from.zoom) < 1e-9 ? share
    : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return {
    valence: from.valence + (to.valence - from.valence) * moved,
    arousal: from.arousal + (to.arousal - from.arousal) * moved,
    zoom,
  };
}
