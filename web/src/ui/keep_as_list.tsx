// "Keep as a list": a name, and what the listener hears or has chosen becomes a playlist.
import { useEffect, useRef, useState } from "preact/hooks";
import type { House } from "../live/house.ts";
import { NameForm } from "./name_form.tsx";

interface Props {
  readonly house: House;
  readonly name: string; // that is suggested
  readonly words?: string; // on the button
  readonly where: string; // for tests
  readonly songs: () => readonly number[];
}

const kWords = "Keep as a list";

export function KeepAsList({ house, name, words = kWords, where, songs }: Props) {
  const [asking, set_asking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current && !asking) button.current?.focus(); // where it was before
    asked.current = asking;
  }, [asking]);
  if (asking) {
    return (
      <NameForm
        label="Name of the list" name={house.lists.free_name(name)} words="Keep" where="keep"
        take={(name) => house.lists.make({ name, songs: songs() })} close={() => set_asking(false)}
      />
    );
  }
  return (
    <button
      class="button small" ref={button} data-testid={`keep-${where}`} aria-label={words === kWords ? undefined : `${words}: “${name}” as a list`}
      onClick={() => set_asking(true)}
    >{words}</button>
  );
}
