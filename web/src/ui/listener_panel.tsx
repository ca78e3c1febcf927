// Who listens: a name of one's own, and whether listeners of this server help each other choose.
import { company_words } from "../core/listener.ts";
import type { House } from "../live/house.ts";
import { useCell } from "./use_cell.ts";

function NameForm({ house }: { house: House }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget as HTMLFormElement).get("name");
    if (typeof name === "string" && name.trim() !== "") void house.myself.become(name.trim());
  };
  return (
    <form class="name-form" onSubmit={submit}>
      <input name="name" maxLength={40} autoComplete="off" aria-label="Listen as" placeholder="a name" data-testid="listener-name" />
      <button class="button small" data-testid="listener-become">Listen as</button>
    </form>
  );
}

export function ListenerPanel({ house }: { house: House }) {
  const told = useCell(house.myself.told);
  if (told === null) return null;
  return (
    <section class="card listener" aria-labelledby="listener-title" data-testid="myself" data-name={told.first ? "" : told.name}>
      <div class="card-head">
        <h2 id="listener-title">{told.first ? "Who listens?" : `You listen as ${told.name}`}</h2>
        {!told.first && <button class="button small" data-testid="listener-nobody" onClick={() => house.myself.be_nobody()}>Without a name</button>}
      </div>
      <p class="quiet-words">
        Plays, likes and beliefs are kept apart by name. There is no password: a name keeps things tidy, not secret.
      </p>
      <NameForm house={house} />
      <label class="together">
        <input
          type="checkbox" checked={told.agreed} data-testid="together"
          onChange={(event) => void house.myself.agree(event.currentTarget.checked)}
        />
        <span>Listeners who like the same songs may help me choose, and I them</span>
      </label>
      <p class="quiet-words" data-testid="together-words">
        While it is on, what you play and like lifts songs for others here who agreed, and theirs for you; a song
        then says “listeners alike play it”, and never who. Where only two agree, each can guess whose plays these
        are. Off takes yours out at once. {company_words(told.others)}
      </p>
    </section>
  );
}
