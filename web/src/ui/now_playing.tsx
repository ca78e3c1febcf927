// The bar at the foot: what plays, and the hands on it.
import { useEffect, useState } from "preact/hooks";
import { clock_text } from "../core/format.ts";
import type { PlayerState } from "../core/player_machine.ts";
import type { House } from "../live/house.ts";
import { LaterIcon, NextIcon, PauseIcon, PlayIcon, StopIcon, VolumeIcon, WordsIcon } from "./icons.tsx";
import { LikeButton } from "./like_button.tsx";
import { LyricsPanel } from "./lyrics_panel.tsx";
import { tint } from "./theme.ts";
import { useCell } from "./use_cell.ts";

function title_of(state: PlayerState): string {
  if (state.song !== null) return state.song.title;
  return state.phase === "waiting" ? "Waiting for a song…" : "Nothing is playing";
}

function line_of(state: PlayerState): string {
  if (state.phase === "failed") return "This song could not be played. Press play to try again, or next.";
  if (state.phase === "waiting") return "The first that fits your mood starts by itself";
  if (state.song === null) return "Press play, and the queue begins";
  const { artist, album } = state.song;
  return album === "" ? artist : `${artist} · ${album}`;
}

function Seek({ house }: { house: House }) {
  const { at, length } = useCell(house.player.progress);
  const silent = length === 0;
  const share = silent ? 0 : Math.min(1, at / length);
  return (
    <div class="seek">
      <span class="time">{clock_text(at)}</span>
      <input
        type="range" class="slider" min={0} max={Math.max(1, Math.floor(length))} step={1} value={Math.floor(at)} disabled={silent}
        style={{ "--fill": `${share * 100}%` }} data-testid="seek" aria-label="Place in the song"
        aria-valuetext={`${clock_text(at)} of ${clock_text(length)}`}
        onInput={(event) => house.player.seek(Number(event.currentTarget.value))}
      />
      <span class="time">{clock_text(length)}</span>
    </div>
  );
}

function Volume({ house }: { house: House }) {
  const volume = useCell(house.player.volume);
  return (
    <label class="volume">
      <VolumeIcon />
      <input
        type="range" class="slider" min={0} max={1} step={0.02} value={volume} data-testid="volume" aria-label="Volume"
        style={{ "--fill": `${volume * 100}%` }} onInput={(event) => house.player.volume.set(Number(event.currentTarget.value))}
      />
    </label>
  );
}

function Controls({ house, state }: { house: House; state: PlayerState }) {
  const running = state.phase === "playing" || state.phase === "loading" || state.phase === "waiting";
  const words = running ? "Pause" : state.phase === "paused" ? "Resume" : "Play";
  return (
    <div class="controls">
      <button
        class="round" data-testid="stop" aria-label="Stop" title="Stop (S)" disabled={state.phase === "idle"}
        onClick={() => house.player.tell({ type: "stop" })}
      ><StopIcon /></button>
      <button
        class="round big" data-testid={running ? "pause" : "play"} aria-label={words} title={`${words} (space)`}
        onClick={() => house.player.toggle()}
      >{running ? <PauseIcon /> : <PlayIcon />}</button>
      <button
        class="round" data-testid="next" aria-label="Next" title="Next (N)" onClick={() => house.player.tell({ type: "next" })}
      ><NextIcon /></button>
      <button
        class="round" data-testid="not-now" aria-label="Not now: nothing against the song, but not in this mood" title="Not now (X)"
        disabled={state.song === null} onClick={() => house.player.tell({ type: "not_now" })}
      ><LaterIcon /></button>
    </div>
  );
}

/** The song's picture; one that cannot be shown gives its place to the moving bars. */
function Art({ house, state }: { house: House; state: PlayerState }) {
  const { cover } = useCell(house.extras.now);
  const [broken, set_broken] = useState<string | null>(null);
  if (cover !== null && cover !== broken) {
    const words = `Cover of ${state.song?.album || state.song?.title || "the song"}`;
    return <img class="art cover" data-testid="cover" src={cover} alt={words} onError={() => set_broken(cover)} />;
  }
  return <span class={state.phase === "playing" ? "art moving" : "art"} aria-hidden="true"><i /><i /><i /><i /></span>;
}

export function NowPlaying({ house }: { house: House }) {
  const state = useCell(house.player.state);
  const { song } = state;
  const { lyrics } = useCell(house.extras.now);
  const [reading, set_reading] = useState(false);
  useEffect(() => {
    document.title = song === null ? "Harmonic Fusion" : `${song.title} · Harmonic Fusion`;
  }, [song]);
  return (
    <>
      {song !== null && reading && <LyricsPanel house={house} song={song} on_close={() => set_reading(false)} />}
      <footer class="now" aria-label="Now playing" data-phase={state.phase} style={song === null ? {} : tint(song)}>
        <div class="what-plays">
          <Art house={house} state={state} />
          <div class="words" aria-live="polite">
            <span class="title" data-testid="now-playing-title" data-song-id={song?.id} data-valence={song?.valence ?? undefined}>{title_of(state)}</span>
            <span class={state.phase === "failed" ? "facts failed" : "facts"}>{line_of(state)}</span>
          </div>
          {song !== null && <LikeButton house={house} song={song} testid="like" />}
          {lyrics !== null && (
            <button
              class="round" data-testid="lyrics-toggle" aria-label="Lyrics" title="Lyrics (W)" aria-expanded={reading}
              onClick={() => set_reading(!reading)}
            ><WordsIcon /></button>
          )}
        </div>
        <Controls house={house} state={state} />
        <Seek house={house} />
        <Volume house={house} />
      </footer>
    </>
  );
}
