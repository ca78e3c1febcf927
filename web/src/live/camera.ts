// The listener's camera: off until start() is called by a press of a button, and off again with every
// track ended at stop(). Pictures are handed to `deliver` and kept nowhere.
import { camera_refusal } from "../core/camera_errors.ts";
import { Cell } from "../core/cell.ts";

export type CameraState =
  | { readonly phase: "off" }
  | { readonly phase: "starting" }
  | { readonly phase: "on" }
  | { readonly phase: "refused"; readonly why: string };

export interface PictureTaker {
  ready(): boolean;
  deliver(captured_at: number, picture: Uint8Array): void;
}

/** Four pictures a second are enough for a mood; a face at rest and brief movements want more. */
export const kInterval_ms = { mood: 250, rest: 100, movements: 33 } as const;
const kMaxWidth = 640;
const kJpegQuality = 0.8;

export class Camera {
  readonly state = new Cell<CameraState>({ phase: "off" });
  readonly video = document.createElement("video");
  interval_ms: number = kInterval_ms.mood;
  private readonly canvas_ = document.createElement("canvas");
  private readonly taker_: PictureTaker;
  private stream_: MediaStream | null = null;
  private timer_ = 0;
  private attempt_ = 0; // a stop() while the browser still asks makes the late answer void

  constructor(taker: PictureTaker) {
    this.taker_ = taker;
    this.video.muted = true;
    this.video.playsInline = true;
  }

  async start(): Promise<void> {
    const phase = this.state.value.phase;
    if (phase === "on" || phase === "starting") return;
    const attempt = ++this.attempt_;
    this.state.set({ phase: "starting" });
    try {
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (devices === undefined) throw new DOMException("", "Unsupported");
      const wanted = { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: "user" };
      const stream = await devices.getUserMedia({ video: wanted, audio: false });
      if (attempt !== this.attempt_) return end_tracks(stream);
      await this.begin(stream, attempt);
    } catch (error) {
      if (attempt === this.attempt_) this.refuse(error instanceof Error ? error.name : "unknown error");
    }
  }

  stop(): void {
    this.close();
    this.state.set({ phase: "off" });
  }

  private async begin(stream: MediaStream, attempt: number): Promise<void> {
    this.stream_ = stream;
    for (const track of stream.getTracks()) track.onended = () => this.refuse("NotFoundError");
    this.video.srcObject = stream;
    await this.video.play();
    if (attempt !== this.attempt_) return; // stopped meanwhile, and the tracks with it
    this.state.set({ phase: "on" });
    this.timer_ = window.setTimeout(() => void this.capture(), 0);
  }

  private refuse(name: string): void {
    this.close();
    this.state.set({ phase: "refused", why: camera_refusal(name) });
  }

  private close(): void {
    this.attempt_ += 1;
    clearTimeout(this.timer_);
    if (this.stream_ !== null) end_tracks(this.stream_);
    this.stream_ = null;
    this.video.srcObject = null;
    this.canvas_.width = 0; // the last picture goes with the stream
  }

  private async capture(): Promise<void> {
    const attempt = this.attempt_;
    const began = performance.now();
    if (this.taker_.ready()) {
      const picture = await this.picture();
      if (attempt !== this.attempt_) return;
      if (picture !== null) this.taker_.deliver(began, picture);
    }
    const rest = Math.max(0, this.interval_ms - (performance.now() - began));
    this.timer_ = window.setTimeout(() => void this.capture(), rest);
  }

  private async picture(): Promise<Uint8Array | null> {
    const { videoWidth: width, videoHeight: height } = this.video;
    const pen = this.canvas_.getContext("2d");
    if (width === 0 || height === 0 || pen === null) return null;
    const scale = Math.min(1, kMaxWidth / width);
    this.canvas_.width = Math.round(width * scale);
    this.canvas_.height = Math.round(height * scale);
    pen.drawImage(this.video, 0, 0, this.canvas_.width, this.canvas_.height);
    const blob = await new Promise<Blob | null>((done) => this.canvas_.toBlob(done, "image/jpeg", kJpegQuality));
    return blob && new Uint8Array(await blob.arrayBuffer());
  }
}

function end_tracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.onended = null;
    track.stop();
  }
}
