// A name is asked for, in place: Enter takes it, Escape leaves it.
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props {
  readonly label: string;
  readonly name: string; // to begin with
  readonly words: string; // on the button
  readonly where: string; // for tests
  readonly take: (name: string) => Promise<boolean>; // false: it could not be taken, and stands to be changed
  readonly close: () => void;
}

export function NameForm({ label, name, words, where, take, close }: Props) {
  const [typed, set_typed] = useState(name);
  const field = useId();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => { // at once: whoever types on must not type beside it
    input.current?.focus();
    input.current?.select();
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await take(typed.trim())) close();
  };
  return (
    <form class="keep" onSubmit={(event) => void submit(event)} onKeyDown={(event) => { if (event.key === "Escape") close(); }}>
      <label class="unseen" for={field}>{label}</label>
      <input
        id={field} ref={input} type="text" maxLength={200} required value={typed} data-testid={`${where}-name`}
        onInput={(event) => set_typed(event.currentTarget.value)}
      />
      <button class="button primary small" type="submit" data-testid={`${where}-done`}>{words}</button>
      <button class="quiet" type="button" onClick={close}>not now</button>
    </form>
  );
}
