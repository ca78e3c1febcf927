// What comes next, and why.
import { clock_text, songs_text } from "../core/format.ts";
import { moved_far } from "../core/mood_view.ts";
import { words_for } from "../core/plane.ts";
import { next_song } from "../core/player_machine.ts";
import type { Picked } from "../core/picked.ts";
import type { QueueSong, Song } from "../core/protocol.ts";
import type { House } from "../live/house.ts";
import { PlayIcon } from "./icons.tsx";
import { KeepAsList } from "./keep_as_list.tsx";
import { LikeButton } from "./like_button.tsx";
import { SharesBar } from "./shares_bar.tsx";
import { tint } from "./theme.ts";
import { useCell } from "./use_cell.ts";

function facts(song: Song): string {
  const parts = [song.artist, song.bpm === null ? "" : `${Math.round(song.bpm)} bpm`, song.key ?? ""];
  return parts.filter((part) => part !== "").join(" · ");
}

/** `why`: what the queue says of a song that it chose. */
function Item({ house, song, place, why }: { house: House; song: Song; place: number; why?: QueueSong }) {
  return (
    <li
      class={place === 0 ? "song first" : "song"} style={tint(song)} data-testid="queue-item" data-song-id={song.id}
      data-valence={song.valence ?? undefined} data-arousal={song.arousal ?? undefined}
    >
      <button
        class="song-play" data-testid="queue-play" aria-label={`Play ${song.title} by ${song.artist}`}
        onClick={() => house.player.tell({ type: "choose", song })}
      >
        <span class="tile" aria-hidden="true"><PlayIcon /></span>
        <span class="words">
          <span class="title">{song.title}{place === 0 && <em class="tag">next</em>}</span>
          <span class="facts">{facts(song)}</span>
          {why !== undefined && why.reasons.length > 0 && <span class="because">{why.reasons.join(" · ")}</span>}
          {why !== undefined && <SharesBar shares={why.shares} />}
        </span>
        <span class="mood-word"><span class="dot" aria-hidden="true" />{words_for(song)}</span>
        <span class="length">{clock_text(song.duration_ms / 1000)}</span>
      </button>
      <LikeButton house={house} song={song} testid="queue-like" />
    </li>
  );
}

/** The song that plays is never cut off; when the mood has gone elsewhere, the listener may. */
function MovedOn({ house }: { house: House }) {
  const state = useCell(house.player.state);
  const target = useCell(house.queue)?.target ?? null;
  const before = useCell(house.target_at_start);
  const song = next_song(state);
  if (state.song === null || song === null || !moved_far(before, target)) return null;
  return (
    <div class="moved" role="status">
      <span>The mood has moved. This song plays on; <strong>{song.title}</strong> follows.</span>
      <button class="button small" data-testid="play-now" onClick={() => house.player.tell({ type: "choose", song })}>Play now</button>
    </div>
  );
}

function Nothing({ house }: { house: House }) {
  const status = useCell(house.library.status);
  const connection = useCell(house.socket.connection);
  const { source } = useCell(house.mood);
  if (connection.state === "away") {
    return <p class="nothing">The server does not answer. Start it again with <code>./run</code>; this page comes back by itself.</p>;
  }
  if (status?.scanning) return <p class="nothing">The music is being listened to. The first songs come in a moment.</p>;
  if (status?.songs === 0) {
    return (
      <p class="nothing" data-testid="library-empty">
        The library is empty. Stop the server and start it with your music: <code>./run --music ~/Music</code>
      </p>
    );
  }
  if (source === "none") return <p class="nothing">Say how you feel, by hand or with the camera, and fitting songs come here.</p>;
  return <p class="nothing">No song fits yet. Move the mood point a little.</p>;
}

const kMostPickedShown = 10;

/** The songs that were picked on the map or of a journey, until they are over. */
function PickedSongs({ house, list }: { house: House; list: Picked }) {
  const to_come = list.songs.length + list.waiting.length;
  return (
    <section class="card queue" aria-labelledby="queue-title">
      <div class="card-head">
        <h2 id="queue-title">Up next</h2>
        <span class="chip" data-testid="picked" data-songs={list.picked} data-to-come={to_come}>{songs_text(to_come)} picked</span>
        <KeepAsList house={house} name="A queue of mine" where="queue" songs={() => house.heard_now()} />
        <button class="button small" data-testid="follow-mood" onClick={() => house.follow_mood()}>Back to my mood</button>
      </div>
      <ol class="songs">
        {list.songs.slice(0, kMostPickedShown).map((song, i) => (
          <Item key={`${i} ${song.id}`} house={house} song={song} place={i} />
        ))}
      </ol>
    </section>
  );
}

export function Queue({ house }: { house: House }) {
  const news = useCell(house.queue);
  const picked = useCell(house.picked.now);
  const songs = news?.songs ?? [];
  if (picked !== null) return <PickedSongs house={house} list={picked} />;
  return (
    <section class="card queue" aria-labelledby="queue-title">
      <div class="card-head">
        <h2 id="queue-title">Up next</h2>
        {news?.target && songs.length > 0 && <span class="chip" style={tint(news.target)}>towards {words_for(news.target)}</span>}
        {songs.length > 0 && (
          <KeepAsList house={house} name={news?.target ? `Towards ${words_for(news.target)}` : "A queue of mine"} where="queue" songs={() => house.heard_now()} />
        )}
      </div>
      <MovedOn house={house} />
      {songs.length === 0 ? <Nothing house={house} /> : (
        <ol class="songs">{songs.map((song, i) => <Item key={song.id} house={house} song={song} place={i} why={song} />)}</ol>
      )}
    </section>
  );
}
