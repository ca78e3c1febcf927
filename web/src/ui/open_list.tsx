// A playlist, opened: played, renamed, written into a file, deleted; songs by hand moved and taken out.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { clock_text, songs_text } from "../core/format.ts";
import { moved, type WholeList } from "../core/playlists.ts";
import { export_address } from "../live/api.ts";
import type { House } from "../live/house.ts";
import { CloseIcon, GripIcon } from "./icons.tsx";
import { KeepAsList } from "./keep_as_list.tsx";
import { NameForm } from "./name_form.tsx";
import { RuleMaker } from "./rule_maker.tsx";
import { tint } from "./theme.ts";
import { useCell } from "./use_cell.ts";

const kShownAtOnce = 100;
const kEdge = 24; // pixels: a song that is dragged so near to an end of the box
const kScroll = 12; // rolls it so far with each move

const playable = (list: WholeList): number[] => list.ids.filter((id) => !list.gone.has(id));
const title_of = (list: WholeList, id: number): string => list.known.get(id)?.title ?? list.gone.get(id)?.split("/").at(-1) ?? "…";

interface HandleProps {
  readonly list: WholeList;
  readonly at: number;
  readonly count: number; // of rows that are shown
  readonly move: (from: number, to: number) => void;
  readonly aim: (at: number | null) => void; // where a drag would put it
}

/** Mouse, finger and arrow keys move a song. */
function Handle({ list, at, count, move, aim }: HandleProps) {
  const held = useRef<number | null>(null); // the place over which it is
  const words = title_of(list, list.ids[at]!);
  const place_under = (event: PointerEvent): number => {
    const rows = [...(event.currentTarget as HTMLElement).closest("ol")!.children];
    const after = rows.filter((row, i) => i !== at && row.getBoundingClientRect().top + row.clientHeight / 2 < event.clientY);
    return after.length;
  };
  const start = (event: PointerEvent) => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    held.current = at;
  };
  const follow = (event: PointerEvent) => {
    if (held.current === null) return;
    const box = (event.currentTarget as HTMLElement).closest("ol")!;
    const { top, bottom } = box.getBoundingClientRect();
    if (event.clientY < top + kEdge) box.scrollTop -= kScroll;
    if (event.clientY > bottom - kEdge) box.scrollTop += kScroll;
    held.current = place_under(event);
    aim(held.current);
  };
  const let_go = (wanted: boolean) => {
    const to = held.current;
    held.current = null;
    aim(null);
    if (wanted && to !== null && to !== at) move(at, to);
  };
  const on_key = (event: KeyboardEvent) => {
    const to = event.key === "ArrowUp" ? at - 1 : event.key === "ArrowDown" ? at + 1
      : event.key === "Home" ? 0 : event.key === "End" ? list.ids.length - 1 : null;
    if (event.key === "Escape") let_go(false);
    if (to === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (to !== at && to >= 0 && to < Math.min(count, list.ids.length)) move(at, to);
  };
  return (
    <button
      class="round grip" data-testid="list-move" aria-label={`Move ${words}, ${at + 1} of ${list.ids.length}: arrow keys`} title="Drag, or arrow keys"
      onPointerDown={start} onPointerMove={follow} onPointerUp={() => let_go(true)} onPointerCancel={() => let_go(false)} onKeyDown={on_key}
    ><GripIcon /></button>
  );
}

interface SongRowProps extends HandleProps {
  readonly house: House;
  readonly play: () => void;
  readonly take_out: () => void;
  readonly mark: string;
}

function SongRow({ house, play, take_out, mark, ...handle }: SongRowProps) {
  const { list, at } = handle;
  const id = list.ids[at]!;
  const song = list.known.get(id);
  const playing = useCell(house.player.state).song?.id === id;
  const gone = list.gone.get(id);
  return (
    <li class={`entry ${mark}`} data-testid="list-song" data-song-id={id} style={song === undefined ? {} : tint(song)} aria-current={playing || undefined}>
      {!list.by_rules && <Handle {...handle} />}
      <button class="entry-play" data-testid="list-song-play" disabled={gone !== undefined} aria-label={`Play from ${title_of(list, id)} on`} onClick={play}>
        <span class="dot" aria-hidden="true" />
        <span class="words">
          <span class="title">{title_of(list, id)}</span>
          <span class="facts">{gone === undefined ? song?.artist ?? "" : "its file is gone; it comes back with the file"}</span>
        </span>
        <span class="length">{song === undefined ? "" : clock_text(song.duration_ms / 1000)}</span>
      </button>
      {!list.by_rules && (
        <button class="round" data-testid="list-take-out" aria-label={`Take ${title_of(list, id)} out of the list`} title="Take out" onClick={take_out}>
          <CloseIcon />
        </button>
      )}
    </li>
  );
}

function Songs({ house, list }: { house: House; list: WholeList }) {
  const [most, set_most] = useState(kShownAtOnce);
  const [aimed, set_aimed] = useState<{ from: number; to: number } | null>(null);
  const [told, set_told] = useState("");
  const rows = useRef<HTMLOListElement>(null);
  const focus_on = useRef<number | null>(null);
  const shown = list.ids.slice(0, most);
  useEffect(() => void house.lists.know(most), [list, most]);
  useLayoutEffect(() => { // at once: the next press of the key must find the song
    if (focus_on.current === null) return;
    rows.current?.children[focus_on.current]?.querySelector<HTMLElement>(".grip")?.focus();
    focus_on.current = null;
  }, [list.ids]);
  const move = (from: number, to: number) => {
    const words = `“${title_of(list, list.ids[from]!)}” is now ${to + 1} of ${list.ids.length}.`;
    focus_on.current = to;
    set_told(words);
    house.lists.put_songs(moved(list.ids, from, to), words);
  };
  const take_out = (at: number) => house.lists.put_songs(list.ids.filter((_, i) => i !== at), `“${title_of(list, list.ids[at]!)}” is taken out.`);
  const play_from = (at: number) => void house.play_these(list.ids.slice(at).filter((id) => !list.gone.has(id)));
  const mark = (at: number) => {
    if (aimed === null) return "";
    if (at === aimed.from) return "held";
    const others = at > aimed.from ? at - 1 : at;
    return others === aimed.to ? "before" : others === shown.length - 2 && aimed.to === shown.length - 1 ? "behind" : "";
  };
  const seen = new Map<number, number>(); // a song may stand in the list twice
  return (
    <>
      <ol class="entries" ref={rows} aria-label={`Songs of ${list.name}`}>
        {shown.map((id, at) => {
          const time = (seen.get(id) ?? 0) + 1;
          seen.set(id, time);
          return (
            <SongRow
              key={`${id} ${time}`} house={house} list={list} at={at} count={shown.length} move={move} mark={mark(at)}
              aim={(to) => set_aimed(to === null ? null : { from: at, to })} play={() => play_from(at)} take_out={() => take_out(at)}
            />
          );
        })}
      </ol>
      <p class="unseen" role="status" data-testid="list-told">{told}</p>
      {list.ids.length > most && (
        <button class="button small" data-testid="list-more" onClick={() => set_most(most + kShownAtOnce)}>
          Show more ({(list.ids.length - most).toLocaleString("en")} left)
        </button>
      )}
    </>
  );
}

function Files({ list }: { list: WholeList }) {
  const endings = list.by_rules ? ["m3u8", "xspf", "nsp"] : ["m3u8", "xspf"];
  return (
    <span class="files">
      Save as {endings.map((ending) => (
        <a key={ending} class="quiet" data-testid={`list-export-${ending}`} href={export_address(list.id, ending)} download>.{ending}</a>
      ))}
    </span>
  );
}

export function OpenList({ house, list }: { house: House; list: WholeList }) {
  const [doing, set_doing] = useState<"nothing" | "rename" | "rules">("nothing");
  const playing = useCell(house.player.state).song;
  const ids = playable(list);
  const stop = () => set_doing("nothing");
  const rename = async (name: string) => (
    name === list.name || await house.lists.change(list.id, { name }, `“${list.name}” is called “${name}” now.`));
  const add = () => {
    if (playing !== null) house.lists.put_songs([...list.ids, playing.id], `“${playing.title}” is added.`);
  };
  return (
    <div class="opened" data-testid="list-opened" data-id={list.id}>
      <div class="doings" role="group" aria-label={`What to do with ${list.name}`}>
        <button class="button primary small" data-testid="list-play-all" disabled={ids.length === 0} onClick={() => void house.play_these(ids)}>Play</button>
        <button class="button small" data-testid="list-play-next" disabled={ids.length === 0} onClick={() => void house.play_next(ids)}>Play next</button>
        {!list.by_rules && playing !== null && <button class="button small" data-testid="list-add" onClick={add}>Add “{playing.title}”</button>}
        {list.by_rules && <button class="button small" data-testid="list-rules" onClick={() => set_doing(doing === "rules" ? "nothing" : "rules")}>Rules</button>}
        {list.by_rules && <KeepAsList house={house} name={`${list.name} as it is`} words="Keep these songs" where="songs" songs={() => list.ids} />}
        <button class="button small" data-testid="list-rename" onClick={() => set_doing("rename")}>Rename</button>
        <button class="button small" data-testid="list-delete" onClick={() => void house.lists.remove(list)}>Delete</button>
        {list.problem === "" && <Files list={list} />}
      </div>
      {list.problem !== "" && <p class="fault" role="alert">{list.problem}</p>}
      {doing === "rename" && <NameForm label="New name" name={list.name} words="Rename" where="list-new" take={rename} close={stop} />}
      {doing === "rules" && <RuleMaker house={house} list={list} on_done={stop} />}
      {list.missing > 0 && <p class="quiet-words">{songs_text(list.missing)} of it cannot be played: the files are gone.</p>}
      <Songs house={house} list={list} />
    </div>
  );
}
