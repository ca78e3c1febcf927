// One socket to /api/live that comes back by itself, and tells the server again what it must know.
import { wait_ms } from "../core/backoff.ts";
import { Cell } from "../core/cell.ts";
import { asked_for } from "../core/listener.ts";
import { decode_news, encode_picture, encode_wish, kMaxPictureBytes, type News, type Wish } from "../core/protocol.ts";
import { kSpeaksFor } from "./api.ts";

export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "open" }
  | { readonly state: "away"; readonly retry_at: number }; // Date.now() clock

const kBackoff = { first_ms: 500, longest_ms: 8000 };
/** More than this waiting in the socket means that pictures are made faster than they leave. */
const kMostBuffered = 32 * 1024;

export class LiveSocket {
  readonly connection = new Cell<Connection>({ state: "connecting" });
  private socket_: WebSocket | null = null;
  private tries_ = 0;
  private timer_ = 0;

  private readonly on_news_: (news: News) => void;
  private readonly greeting_: () => readonly Wish[];

  /** `greeting` is what a new connection must be told so that it stands where the old one stood. */
  constructor(on_news: (news: News) => void, greeting: () => readonly Wish[]) {
    this.on_news_ = on_news;
    this.greeting_ = greeting;
  }

  open(): void {
    clearTimeout(this.timer_);
    this.connection.set({ state: "connecting" });
    const address = new URL(asked_for("api/live", kSpeaksFor), document.baseURI);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    this.socket_ = socket;
    socket.onopen = () => {
      this.tries_ = 0;
      this.connection.set({ state: "open" });
      for (const wish of this.greeting_()) this.send(wish);
    };
    socket.onmessage = (message) => {
      const news = typeof message.data === "string" ? decode_news(message.data) : null;
      if (news !== null) this.on_news_(news);
    };
    socket.onclose = () => {
      if (this.socket_ === socket) this.retry_later();
    };
  }

  /** Wishes said while the server is away are not queued: the greeting says how things stand. */
  send(wish: Wish): void {
    if (this.socket_?.readyState === WebSocket.OPEN) this.socket_.send(encode_wish(wish));
  }

  get can_take_picture(): boolean {
    return this.socket_?.readyState === WebSocket.OPEN && this.socket_.bufferedAmount < kMostBuffered;
  }

  send_picture(captured_at: number, picture: Uint8Array): void {
    if (!this.can_take_picture || picture.byteLength + 8 > kMaxPictureBytes) return;
    this.socket_?.send(encode_picture(captured_at, picture));
  }

  private retry_later(): void {
    const wait = wait_ms(kBackoff, this.tries_, Math.random());
    this.tries_ += 1;
    this.socket_ = null;
    this.connection.set({ state: "away", retry_at: Date.now() + wait });
    this.timer_ = window.setTimeout(() => this.open(), wait);
  }
}
