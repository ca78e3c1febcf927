// The words of the song that plays: line by line with it where they have times, else as they stand.
import { useEffect, useRef, useState } from "preact/hooks";
import { line_at, words_begun, type LyricLine, type Lyrics } from "../core/lyrics.ts";
import type { Song } from "../core/protocol.ts";
import type { House } from "../live/house.ts";
import { CloseIcon } from "./icons.tsx";
import { useCell } from "./use_cell.ts";

const kLook_ms = 100;

/** Where the song is, in ms; looked at more often than the player's clock tells, which words would limp after. */
function useSongClock(house: House): number {
  const [now, set_now] = useState(house.player.time_ms());
  useEffect(() => {
    const timer = setInterval(() => set_now(house.player.time_ms()), kLook_ms);
    return () => clearInterval(timer);
  }, [house]);
  return now;
}

function Words({ line, now }: { line: LyricLine; now: number }) {
  if (line.words.length === 0) return <>{line.text || "♪"}</>;
  const begun = words_begun(line, now);
  return <>{line.words.map(({ text }, i) => <span key={i} class={i < begun ? "sung" : "to-come"}>{text}</span>)}</>;
}

function TimedLines({ house, lyrics }: { house: House; lyrics: Lyrics }) {
  const list = useRef<HTMLOListElement>(null);
  const now = useSongClock(house);
  const sounding = line_at(lyrics, now);
  useEffect(() => {
    const line = list.current?.children[sounding];
    const frame = list.current?.parentElement;
    if (!(line instanceof HTMLElement) || frame == null) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = line.offsetTop - (frame.clientHeight - line.offsetHeight) / 2;
    frame.scrollTo({ top, behavior: still ? "instant" : "smooth" }); // scrollIntoView would move the page as well
  }, [sounding, lyrics]);
  return (
    <ol class="lines timed" ref={list}>
      {lyrics.lines.map((line, i) => (
        <li key={i} data-testid="lyric-line" aria-current={i === sounding ? "true" : undefined}>
          <button title="Play from here" onClick={() => house.player.seek((line.at_ms ?? 0) / 1000)}>
            {i === sounding ? <Words line={line} now={now} /> : (line.text || "♪")}
          </button>
        </li>
      ))}
    </ol>
  );
}

export function LyricsPanel({ house, song, on_close }: { house: House; song: Song; on_close: () => void }) {
  const { lyrics } = useCell(house.extras.now);
  if (lyrics === null) return null;
  const on_key = (event: KeyboardEvent) => { if (event.key === "Escape") on_close(); };
  return (
    <aside class="card lyrics" aria-labelledby="lyrics-title" data-testid="lyrics" data-timed={lyrics.timed} onKeyDown={on_key}>
      <div class="card-head">
        <h2 id="lyrics-title">{song.title}</h2>
        <button class="round" aria-label="Close the lyrics" data-testid="lyrics-close" onClick={on_close}><CloseIcon /></button>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="lyrics-title">
        {lyrics.timed ? <TimedLines house={house} lyrics={lyrics} /> : (
          <ol class="lines">{lyrics.lines.map((line, i) => <li key={i} data-testid="lyric-line">{line.text || "\u00a0"}</li>)}</ol>
        )}
      </div>
    </aside>
  );
}
