// The lists of the day; the one of this hour stands out. One click plays a list.
import { useEffect, useState } from "preact/hooks";
import { songs_text } from "../core/format.ts";
import type { Today } from "../core/today.ts";
import { ApiError, load_today } from "../live/api.ts";
import type { House } from "../live/house.ts";
import { KeepAsList } from "./keep_as_list.tsx";
import { useCell } from "./use_cell.ts";

export function TodayPanel({ house }: { house: House }) {
  const [today, set_today] = useState<Today | null>(null);
  const status = useCell(house.library.status);
  useEffect(() => {
    // A server that does not answer is told by the socket's sign; here the last lists simply stay.
    load_today().then(set_today, (error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
    });
  }, [status?.revision]);
  if (today === null || today.lists.length === 0) return null;
  return (
    <section class="card today" aria-labelledby="today-title" data-testid="today">
      <div class="card-head"><h2 id="today-title">Today</h2></div>
      <ul>
        {today.lists.map(({ part, title, songs }) => (
          <li key={part}>
            <button
              class="list" data-testid="today-list" data-part={part} data-songs={songs.join()}
              aria-current={part === today.now ? "time" : undefined} onClick={() => void house.play_these(songs)}
            >
              <span class="title">{title}</span> <span class="facts">{songs_text(songs.length)}</span>
            </button>
            <KeepAsList house={house} name={title} words="Keep" where="today" songs={() => songs} />
          </li>
        ))}
      </ul>
    </section>
  );
}
