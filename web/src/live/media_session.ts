// The keys and the lock screen of the listener's device, where the browser has them.
import type { Song } from "../core/protocol.ts";
import type { Player } from "./player.ts";

function session(): MediaSession | null {
  return "mediaSession" in navigator ? navigator.mediaSession : null;
}

export function show_in_media_session(song: Song | null): void {
  const shown = session();
  if (shown === null) return;
  shown.metadata = song && new MediaMetadata({ title: song.title, artist: song.artist, album: song.album });
}

export function bind_media_keys(player: Player): void {
  const keys = session();
  if (keys === null) return;
  keys.setActionHandler("play", () => player.tell({ type: "play" }));
  keys.setActionHandler("pause", () => player.tell({ type: "pause" }));
  keys.setActionHandler("stop", () => player.tell({ type: "stop" }));
  keys.setActionHandler("nexttrack", () => player.tell({ type: "next" }));
  keys.setActionHandler("seekto", (details) => player.seek(details.seekTime ?? 0));
}
