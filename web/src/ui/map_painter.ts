// The map as it moves: which part is shown, and painting it once a picture however often it was moved.
import { Cell } from "../core/cell.ts";
import type { Mood } from "../core/emotions.ts";
import { between, kWholeMap, place_in, type MapView } from "../core/map_view.ts";
import type { Point, Size } from "../core/plane.ts";
import { index_of, kNoMap, mood_of, type SongMap } from "../core/song_map.ts";
import { DotsPainter, dot_radius } from "./dots_painter.ts";

const kGlide_ms = 180;
const kOpacity = 0.8;

/** What lies over the songs. */
export interface Marks {
  readonly hovered: number; // place in the map's columns; -1 for none
  readonly playing: number | null; // id
  readonly line: readonly Mood[]; // drawn by hand
  readonly cross: boolean; // the middle, for those who steer by keys
}

export class MapPainter {
  readonly view = new Cell<MapView>(kWholeMap);
  map: SongMap = kNoMap;
  size: Size = { width: 0, height: 0 };
  chosen: Uint8Array | null = null;
  marks: Marks = { hovered: -1, playing: null, line: [], cross: false };
  private readonly dots_ = new DotsPainter();
  private readonly songs_: HTMLCanvasElement;
  private readonly over_: HTMLCanvasElement;
  private stale_ = false; // the songs must be painted, not the marks alone
  private asked_ = 0;
  private glide_ = 0;

  constructor(songs: HTMLCanvasElement, over: HTMLCanvasElement) {
    this.songs_ = songs;
    this.over_ = over;
  }

  /** At once, as a hand does it. */
  show(view: MapView): void {
    cancelAnimationFrame(this.glide_);
    this.move(view);
  }

  /** By a button or a key: in a short glide, or at once for those who want no motion. */
  glide_to(view: MapView): void {
    cancelAnimationFrame(this.glide_);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.move(view);
    const from = this.view.value;
    const began = performance.now();
    const step = (now: number) => {
      const share = Math.min(1, Math.max(0, now - began) / kGlide_ms);
      this.move(share === 1 ? view : between(from, view, share * (2 - share)));
      if (share < 1) this.glide_ = requestAnimationFrame(step);
    };
    this.glide_ = requestAnimationFrame(step);
  }

  repaint(): void {
    this.stale_ = true;
    this.ask();
  }

  mark(marks: Partial<Marks>): void {
    this.marks = { ...this.marks, ...marks };
    this.ask();
  }

  close(): void {
    cancelAnimationFrame(this.glide_);
    cancelAnimationFrame(this.asked_);
  }

  private move(view: MapView): void {
    this.view.set(view);
    this.repaint();
  }

  private ask(): void {
    if (this.asked_ === 0) this.asked_ = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    this.asked_ = 0;
    if (this.stale_) this.dots_.draw(this.songs_, this.size, this.map, this.view.value, kOpacity, this.chosen);
    this.stale_ = false;
    this.paint_marks();
  }

  private paint_marks(): void {
    const { width, height } = this.size;
    const ratio = window.devicePixelRatio || 1;
    this.over_.width = Math.round(width * ratio); // which empties it
    this.over_.height = Math.round(height * ratio);
    const pen = this.over_.getContext("2d");
    if (pen === null) return;
    pen.scale(ratio, ratio);
    const style = getComputedStyle(this.over_);
    this.paint_axes(pen, style.getPropertyValue("--line"));
    pen.strokeStyle = pen.fillStyle = style.color;
    pen.lineWidth = 2;
    const radius = dot_radius(this.map, this.view.value, this.size);
    const { hovered, playing, line, cross } = this.marks;
    if (hovered >= 0) this.ring(pen, mood_of(this.map, hovered), radius + 4);
    const sounding = playing === null ? -1 : index_of(this.map, playing);
    if (sounding >= 0) {
      this.ring(pen, mood_of(this.map, sounding), radius + 3);
      this.ring(pen, mood_of(this.map, sounding), radius + 8);
    }
    if (cross) this.paint_cross(pen);
    this.paint_line(pen, line);
  }

  private place(mood: Mood): Point {
    return place_in(this.view.value, this.size, mood);
  }

  private ring(pen: CanvasRenderingContext2D, mood: Mood, radius: number): void {
    const { x, y } = this.place(mood);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.stroke();
  }

  private paint_axes(pen: CanvasRenderingContext2D, colour: string): void {
    const { x, y } = this.place({ valence: 0, arousal: 0 });
    pen.fillStyle = colour;
    pen.fillRect(Math.round(x), 0, 1, this.size.height);
    pen.fillRect(0, Math.round(y), this.size.width, 1);
  }

  private paint_cross(pen: CanvasRenderingContext2D): void {
    const x = this.size.width / 2;
    const y = this.size.height / 2;
    pen.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
      pen.moveTo(x + 5 * dx, y + 5 * dy);
      pen.lineTo(x + 13 * dx, y + 13 * dy);
    }
    pen.stroke();
  }

  private paint_line(pen: CanvasRenderingContext2D, line: readonly Mood[]): void {
    if (line.length < 2) return;
    pen.beginPath();
    for (const mood of line) {
      const { x, y } = this.place(mood);
      pen.lineTo(x, y);
    }
    pen.closePath();
    pen.globalAlpha = 0.12;
    pen.fill("evenodd");
    pen.globalAlpha = 1;
    pen.setLineDash([6, 5]);
    pen.stroke();
  }
}
