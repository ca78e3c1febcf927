// Makes and changes a smart list: a few rows of field, operator and value, and how many songs they choose now.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { songs_text } from "../core/format.ts";
import { span_text, type Count, type WholeList } from "../core/playlists.ts";
import {
  form_of, fresh_row, input_of, kSorts, kStarts, name_for, operator_words, rules_of, with_operator, type Field, type Form, type Row,
} from "../core/rules.ts";
import { ApiError, count_songs } from "../live/api.ts";
import type { House } from "../live/house.ts";
import { Throttle } from "../live/throttle.ts";
import { CloseIcon, PlusIcon } from "./icons.tsx";
import { useCell } from "./use_cell.ts";

const kCountEvery_ms = 250;

interface ValueProps {
  readonly house: House;
  readonly row: Row;
  readonly field: Field;
  readonly set: (row: Row) => void;
}

function Choice({ value, words, label, set }: { value: string; words: readonly (readonly [string, string])[]; label: string; set: (value: string) => void }) {
  return (
    <select aria-label={label} data-testid="rule-value" value={value} onChange={(event) => set(event.currentTarget.value)}>
      {words.map(([name, shown]) => <option key={name} value={name}>{shown}</option>)}
    </select>
  );
}

function Value({ house, row, field, set }: ValueProps) {
  const lists = useCell(house.lists.all) ?? [];
  const input = input_of(field, row.op);
  const set_value = (value: string) => set({ ...row, value });
  const names = lists.map(({ name }) => [name, name] as const);
  if (input === "none") return null;
  if (input === "word") return <Choice label="value" value={row.value} words={field.words.map((word) => [word, word])} set={set_value} />;
  if (input === "flag") return <Choice label="value" value={row.value} words={[["true", "yes"], ["false", "no"]]} set={set_value} />;
  if (input === "playlist") return <Choice label="list" value={row.value} words={[["", "choose a list"], ...names]} set={set_value} />;
  const hint = field.type === "date" ? "2004 or 2004-05-31" : field.type === "key" ? "A minor" : input === "text" ? "Rock | Pop" : "";
  const box = (value: string, label: string, testid: string, put: (value: string) => void) => (
    <input
      type={input as "text" /* its kind is chosen above, and all take the same here */} step="any" value={value} aria-label={label} placeholder={hint} data-testid={testid}
      onInput={(event) => put(event.currentTarget.value)}
    />
  );
  return (
    <>
      {box(row.value, row.op === "inTheRange" ? "from" : "value", "rule-value", set_value)}
      {row.op === "inTheRange" && <> and {box(row.upper, "to", "rule-upper", (upper) => set({ ...row, upper }))}</>}
    </>
  );
}

interface RowProps {
  readonly house: House;
  readonly row: Row;
  readonly fields: readonly Field[];
  readonly set: (row: Row) => void;
  readonly take_out: (() => void) | null;
}

function RowOfForm({ house, row, fields, set, take_out }: RowProps) {
  const field = fields.find(({ name }) => name === row.field) ?? fields[0]!;
  const choose = (name: string) => set(fresh_row(fields.find((one) => one.name === name) ?? field));
  return (
    <li class="rule" data-testid="rule">
      <select aria-label="what" data-testid="rule-field" value={row.field} onChange={(event) => choose(event.currentTarget.value)}>
        {fields.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}
      </select>
      <select aria-label="how" data-testid="rule-op" value={row.op} onChange={(event) => set(with_operator(row, field, event.currentTarget.value))}>
        {field.operators.map((op) => <option key={op} value={op}>{operator_words(op)}</option>)}
      </select>
      <Value house={house} row={row} field={field} set={set} />
      {take_out !== null && <button class="round" type="button" aria-label="Take this rule out" onClick={take_out}><CloseIcon /></button>}
    </li>
  );
}

/** Counts when the hand rests; the newest question's answer stands. */
function useCount(rules: unknown, list: number | null): { count: Count | null; fault: string } {
  const [told, set_told] = useState<{ count: Count | null; fault: string }>({ count: null, fault: "" });
  const throttle = useRef(new Throttle(kCountEvery_ms));
  const asked = useRef(0);
  const text = JSON.stringify(rules);
  useEffect(() => {
    const number = ++asked.current;
    if (rules === null) return set_told({ count: null, fault: "" });
    throttle.current.call(() => {
      count_songs(rules, list).then((count) => ({ count, fault: "" }), (error: unknown) => {
        if (error instanceof ApiError) return { count: null, fault: error.message };
        throw error;
      }).then((answer) => { if (number === asked.current) set_told(answer); });
    });
    return undefined;
  }, [text, list]);
  useEffect(() => () => throttle.current.cancel(), []);
  return told;
}

function Told({ count, fault }: { count: Count | null; fault: string }) {
  const such = count?.examples.slice(0, 3).map(({ title }) => `“${title}”`).join(", ") ?? "";
  return (
    <p class="rule-count" role="status" data-testid="rule-count" data-songs={count?.songs}>
      {fault !== "" ? <span class="fault">{fault}</span> : count === null ? "Fill a row, and the songs are counted here." : (
        <><strong>{songs_text(count.songs)}</strong>{count.songs > 0 ? ` now, ${span_text(count.length_ms)}: ${such}${count.songs > 3 ? "…" : ""}` : " fits now. Loosen a rule, or keep it for songs to come."}</>
      )}
    </p>
  );
}

function Starts({ set }: { set: (form: Form) => void }) {
  return (
    <div class="starts" role="group" aria-label="Begin with">
      {kStarts.map(([name, form]) => <button key={name} type="button" class="mood" data-testid="rule-start" onClick={() => set(form)}>{name}</button>)}
    </div>
  );
}

function OrderAndLimit({ form, set }: { form: Form; set: (form: Form) => void }) {
  return (
    <p class="order">
      <label>Songs <select value={form.sort} data-testid="rule-sort" onChange={(event) => set({ ...form, sort: event.currentTarget.value })}>
        {kSorts.map(([sort, words]) => <option key={sort} value={sort}>{words}</option>)}
      </select></label>
      <label>at most <input
        type="number" min={1} step={1} placeholder="all" value={form.limit} data-testid="rule-limit"
        onInput={(event) => set({ ...form, limit: event.currentTarget.value })}
      /></label>
    </p>
  );
}

/** Of a list that is there, or of a new one. `on_done` is called when it was kept, or not wanted after all. */
export function RuleMaker({ house, list, on_done }: { house: House; list: WholeList | null; on_done: () => void }) {
  const fields = useCell(house.lists.fields);
  const first = fields[0];
  const [form, set_form] = useState<Form | null>(() => (
    list !== null ? form_of(list.rules, fields) : first === undefined ? null : { any: false, sort: "", limit: "", rows: [fresh_row(first)] }));
  const [name, set_name] = useState(list?.name ?? "");
  const name_field = useId();
  const rules = form === null ? null : rules_of(form, fields);
  const { count, fault } = useCount(rules, list?.id ?? null);
  if (form === null || first === undefined) {
    return <p class="quiet-words">These rules say more than rows can. Export the list as .nsp, change the file, and import it again.</p>;
  }
  const put_row = (at: number, row: Row) => set_form({ ...form, rows: form.rows.map((one, i) => (i === at ? row : one)) });
  const suggested = house.lists.free_name(name_for(form, fields) || "Smart list");
  const keep = async (event: Event) => {
    event.preventDefault();
    if (rules === null) return;
    const kept = list === null ? await house.lists.make({ name: name.trim() || suggested, rules })
      : await house.lists.change(list.id, { rules }, `The rules of “${list.name}” are changed.`);
    if (kept) on_done();
  };
  return (
    <form class="maker" data-testid="rule-maker" onSubmit={(event) => void keep(event)}>
      {list === null && <Starts set={set_form} />}
      <p class="gather">
        Songs of which <select
          aria-label="how many of the rules" data-testid="rule-gather" value={form.any ? "any" : "all"}
          onChange={(event) => set_form({ ...form, any: event.currentTarget.value === "any" })}
        ><option value="all">all</option><option value="any">at least one</option></select> of this is true:
      </p>
      <ul>{form.rows.map((row, i) => (
        <RowOfForm
          key={i} house={house} row={row} fields={fields} set={(now) => put_row(i, now)}
          take_out={form.rows.length < 2 ? null : () => set_form({ ...form, rows: form.rows.filter((_, at) => at !== i) })}
        />
      ))}</ul>
      <button class="button small" type="button" data-testid="rule-add" onClick={() => set_form({ ...form, rows: [...form.rows, fresh_row(first)] })}>
        <PlusIcon />Another rule
      </button>
      <OrderAndLimit form={form} set={set_form} />
      <Told count={count} fault={fault} />
      <div class="keep">
        {list === null && <>
          <label class="unseen" for={name_field}>Name of the list</label>
          <input id={name_field} type="text" maxLength={200} value={name} placeholder={suggested} data-testid="rule-name" onInput={(event) => set_name(event.currentTarget.value)} />
        </>}
        <button class="button primary small" type="submit" data-testid="rule-keep" disabled={rules === null || fault !== ""}>
          {list === null ? "Keep this list" : "Keep the rules"}
        </button>
        <button class="quiet" type="button" onClick={on_done}>not now</button>
      </div>
    </form>
  );
}
