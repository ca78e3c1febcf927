// The listener's playlists: by hand, and smart ones whose rules choose their songs anew.
import { useEffect, useRef, useState } from "preact/hooks";
import { songs_text } from "../core/format.ts";
import { span_text, type ListFacts } from "../core/playlists.ts";
import { load_list } from "../live/api.ts";
import type { House } from "../live/house.ts";
import { PlayIcon } from "./icons.tsx";
import { OpenList } from "./open_list.tsx";
import { RuleMaker } from "./rule_maker.tsx";
import { useCell } from "./use_cell.ts";

function facts_of({ songs, length_ms, missing, problem }: ListFacts): string {
  if (songs === null) return problem;
  return [songs_text(songs), ...(songs > 0 ? [span_text(length_ms)] : []), ...(missing > 0 ? [`${missing} missing`] : [])].join(" · ");
}

function Line({ house, list }: { house: House; list: ListFacts }) {
  const open = useCell(house.lists.open);
  const is_open = open?.id === list.id;
  const play = async () => {
    const { ids, gone } = await load_list(list.id);
    await house.play_these(ids.filter((id) => !gone.has(id)));
  };
  return (
    <li data-testid="playlist" data-id={list.id} data-songs={list.songs ?? undefined}>
      <div class="line">
        <button
          class="list" data-testid="list-open" aria-expanded={is_open}
          onClick={() => (is_open ? house.lists.close() : void house.lists.show(list.id))}
        >
          <span class="title">{list.name}{list.by_rules && <em class="tag">smart</em>}</span>
          <span class={list.problem === "" ? "facts" : "facts fault"}>{facts_of(list)}</span>
        </button>
        <button class="round" data-testid="list-play" aria-label={`Play ${list.name}`} title="Play" disabled={!list.songs} onClick={() => void house.lists.attempt("The list could not be played", play)}>
          <PlayIcon />
        </button>
      </div>
      {is_open && <OpenList key={list.id} house={house} list={open} />}
    </li>
  );
}

function ImportButton({ house }: { house: House }) {
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    const files = [...(input.current?.files ?? [])];
    if (input.current !== null) input.current.value = ""; // the same file may be taken again
    void house.lists.import(files);
  };
  return (
    <>
      <button class="button small" data-testid="lists-import" title=".m3u8, .m3u, .xspf, .nsp" onClick={() => input.current?.click()}>Import</button>
      <input
        ref={input} class="unseen" type="file" multiple accept=".m3u8,.m3u,.xspf,.nsp" tabIndex={-1} aria-label="Playlist files" data-testid="lists-file"
        onChange={take}
      />
    </>
  );
}

export function PlaylistsPanel({ house }: { house: House }) {
  const all = useCell(house.lists.all);
  const undoable = useCell(house.lists.undoable);
  const status = useCell(house.library.status);
  const [making, set_making] = useState(false);
  useEffect(() => void house.lists.refresh(), [status?.revision]);
  useEffect(() => {
    // Another page, or the command line, may have changed them meanwhile.
    const look = () => { if (document.visibilityState === "visible") void house.lists.refresh(); };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [house]);
  if (all === null) return null;
  return (
    <section class="card lists" aria-labelledby="lists-title" data-testid="lists">
      <div class="card-head">
        <h2 id="lists-title">Playlists</h2>
        <button class="button small" data-testid="lists-new" aria-expanded={making} onClick={() => set_making(!making)}>New smart list</button>
        <ImportButton house={house} />
      </div>
      {making && <RuleMaker house={house} list={null} on_done={() => set_making(false)} />}
      {undoable !== null && (
        <p class="undo" role="status" data-testid="lists-done">
          <span>{undoable.text}</span>
          <button class="button small" data-testid="lists-undo" onClick={() => void house.lists.undo()}>Undo</button>
        </p>
      )}
      {all.length > 0 ? <ul class="all">{all.map((list) => <Line key={list.id} house={house} list={list} />)}</ul> : (
        <p class="quiet-words" data-testid="lists-none">None yet. Keep a queue, a journey or songs of the map as a list, make a smart one, or import a file.</p>
      )}
    </section>
  );
}
