import type { Song } from "../core/protocol.ts";
import type { House } from "../live/house.ts";
import { HeartIcon } from "./icons.tsx";
import { useCell } from "./use_cell.ts";

export function LikeButton({ house, song, testid }: { house: House; song: Song; testid: string }) {
  useCell(house.library.likes);
  const liked = house.library.is_liked(song);
  return (
    <button
      class={liked ? "round like liked" : "round like"} data-testid={testid} aria-pressed={liked}
      aria-label={`Like ${song.title}`} title={liked ? "Liked" : "Like"} onClick={() => void house.library.toggle_like(song)}
    >
      <HeartIcon filled={liked} />
    </button>
  );
}
