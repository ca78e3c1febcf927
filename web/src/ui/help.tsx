import { useEffect, useRef } from "preact/hooks";
import { CloseIcon } from "./icons.tsx";

const kKeys: readonly (readonly [string, string])[] = [
  ["Space", "play, pause, resume"],
  ["N", "next song"],
  ["X", "not now: another song, and nothing held against this one but that it does not fit this mood"],
  ["S", "stop"],
  ["L", "like the song that plays"],
  ["W", "words of the song that plays, where it has any"],
  ["M", "go to the mood point"],
  ["Arrow keys", "move the mood point when it has the focus; with Shift in bigger steps"],
  ["Home", "mood point to the middle"],
  ["G", "go to the map of the library; arrow keys move it, + and − zoom, 0 shows all, Enter plays the song in the middle"],
  ["↑ ↓ Home End", "on a song's handle in an opened playlist: move it"],
  ["?", "this help"],
];

export function Help({ shown, on_close }: { shown: boolean; on_close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  return (
    <dialog class="help" ref={dialog} onClose={on_close} aria-labelledby="help-title" data-testid="help-dialog">
      <div class="card-head">
        <h2 id="help-title">How it works</h2>
        <button class="round" aria-label="Close the help" onClick={on_close}><CloseIcon /></button>
      </div>
      <p>
        A mood is a point: to the right is pleasant, upwards is lively. The camera reads the expression on a face
        and places the point; your hand may place it too, and your hand wins. Songs are points as well, measured
        from their sound. The queue takes songs near your point, or leads you brighter or quieter.
      </p>
      <p>
        The disc around the point shows how far from it the truth may lie. A face that looks grave by nature can
        be learned at rest. Brief movements are shown as movements: what they mean, if anything, nobody can tell
        from them.
      </p>
      <p>
        On the map a press plays a song, and a line drawn around songs (with Shift, or after “Draw around songs”)
        chooses them all.
      </p>
      <p>
        A queue, the chosen songs or a journey can be kept as a playlist. A smart one has rules, and its songs follow what
        you hear and like.
      </p>
      <p>An expression is what a face shows, not what a person feels. If the point is wrong, move it.</p>
      <dl class="keys">
        {kKeys.map(([key, act]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{act}</dd></div>)}
      </dl>
    </dialog>
  );
}
