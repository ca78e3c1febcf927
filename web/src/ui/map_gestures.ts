// What hands do on the map: drag, wheel, two fingers, a line around songs. Everything in pixels of the map.
import type { Point } from "../core/plane.ts";

export interface MapActs {
  pan(by: Point): void;
  /** Answers whether there was anything to zoom. */
  zoom(factor: number, at: Point): boolean;
  hover(at: Point | null): void;
  press(at: Point): void;
  /** Whether a drag draws a line; `shift` is the key's state. */
  draws(shift: boolean): boolean;
  line(points: readonly Point[]): void;
  line_ends(points: readonly Point[] | null): void; // null: it was broken off
}

const kStill = 5; // pixels: less is a press and no drag
const kWheelLine = 16;

type Drag = { readonly kind: "pan" | "line"; readonly from: Point; moved: boolean };

export function listen_to_hands(element: HTMLElement, acts: MapActs): () => void {
  const fingers = new Map<number, Point>();
  let drag: Drag | null = null;
  let line: Point[] = [];

  const place = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left - element.clientLeft, y: event.clientY - box.top - element.clientTop };
  };
  const break_off = () => {
    if (drag?.kind === "line") acts.line_ends(null);
    drag = null;
    line = [];
  };
  const spread = () => {
    const [one, other] = [...fingers.values()];
    if (one === undefined || other === undefined) return null;
    return { apart: Math.hypot(one.x - other.x, one.y - other.y), middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 } };
  };

  const on_down = (event: PointerEvent) => {
    if (event.button !== 0 || event.target instanceof Element && event.target.closest("button") !== null) return;
    element.setPointerCapture(event.pointerId);
    const at = place(event);
    fingers.set(event.pointerId, at);
    acts.hover(null);
    if (fingers.size > 1) return break_off();
    drag = { kind: acts.draws(event.shiftKey) ? "line" : "pan", from: at, moved: false };
    line = [at];
  };

  const pinch = (id: number, at: Point) => {
    const before = spread();
    fingers.set(id, at);
    const after = spread();
    if (fingers.size !== 2 || before === null || after === null) return;
    acts.pan({ x: after.middle.x - before.middle.x, y: after.middle.y - before.middle.y });
    if (before.apart > 0 && after.apart > 0) acts.zoom(after.apart / before.apart, after.middle);
  };

  const on_move = (event: PointerEvent) => {
    const at = place(event);
    const before = fingers.get(event.pointerId);
    if (before === undefined) return acts.hover(event.pointerType === "touch" ? null : at);
    if (fingers.size > 1) return pinch(event.pointerId, at);
    fingers.set(event.pointerId, at);
    if (drag === null) return;
    const last = drag.moved ? before : drag.from;
    drag.moved ||= Math.hypot(at.x - drag.from.x, at.y - drag.from.y) > kStill;
    if (drag.kind === "pan") {
      if (drag.moved) acts.pan({ x: at.x - last.x, y: at.y - last.y });
      return;
    }
    // The browser gathers the moves of one picture into one event; the line is to have them all.
    const steps = event.getCoalescedEvents();
    line.push(...(steps.length > 0 ? steps.map(place) : [at]));
    if (drag.moved) acts.line(line);
  };

  const on_up = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId) || drag === null) return;
    if (!drag.moved) acts.press(place(event));
    if (drag.kind === "line") acts.line_ends(drag.moved ? line : null);
    drag = null;
    line = [];
  };
  const on_cancel = (event: PointerEvent) => {
    if (fingers.delete(event.pointerId)) break_off();
  };

  const on_wheel = (event: WheelEvent) => {
    if (drag?.kind === "line") return event.preventDefault(); // the line's points are pixels of this view
    const turned = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? kWheelLine : 1);
    // Two fingers on a trackpad come as a wheel with Ctrl, in small steps.
    const factor = Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.0015));
    if (acts.zoom(factor, place(event))) event.preventDefault(); // else the page scrolls on
  };
  const on_leave = () => acts.hover(null);

  element.addEventListener("pointerdown", on_down);
  element.addEventListener("pointermove", on_move);
  element.addEventListener("pointerup", on_up);
  element.addEventListener("pointercancel", on_cancel);
  element.addEventListener("pointerleave", on_leave);
  element.addEventListener("wheel", on_wheel, { passive: false });
  return () => {
    element.removeEventListener("pointerdown", on_down);
    element.removeEventListener("pointermove", on_move);
    element.removeEventListener("pointerup", on_up);
    element.removeEventListener("pointercancel", on_cancel);
    element.removeEventListener("pointerleave", on_leave);
    element.removeEventListener("wheel", on_wheel);
  };
}
