import { useEffect, useState } from "preact/hooks";
import type { Song } from "../core/protocol.ts";
import type { House } from "../live/house.ts";

const kRest_ms = 60;

/** What is known of a song, once it has been asked for a moment: a hand that passes over many asks for none. */
export function useSong(house: House, id: number | null): Song | null {
  const [song, set_song] = useState<Song | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    let wanted = true;
    const timer = setTimeout(() => void house.library.song(id).then((found) => { if (wanted) set_song(found); }), kRest_ms);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [house, id]);
  return song?.id === id ? song : null;
}
