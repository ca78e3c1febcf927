// The rules of a smart list as rows of a form: field, operator, value; to .nsp and back (docs/playlists.md). Which
// fields and operators there are the server says, so that a form cannot ask for what it does not know.

export const kTypes = ["text", "number", "flag", "date", "moment", "key", "word", "playlist"] as const;
export type FieldType = (typeof kTypes)[number];

export interface Field {
  readonly name: string; // as in .nsp
  readonly label: string;
  readonly type: FieldType;
  readonly operators: readonly string[];
  readonly words: readonly string[]; // of type word: all that there are
}

/** One rule of the form. Values stand as they were typed. */
export interface Row {
  readonly field: string;
  readonly op: string;
  readonly value: string;
  readonly upper: string; // the second value of a range
}

export interface Form {
  readonly any: boolean; // one row is enough
  readonly rows: readonly Row[];
  readonly sort: string; // as in .nsp, with a minus where it is turned round; empty: by title
  readonly limit: string; // songs at most; empty: all
}

export const kSorts = [
  ["", "by title"], ["artist", "by artist"], ["random", "shuffled, anew each day"], ["-lastplayed", "heard last first"],
  ["-playcount", "heard most first"], ["playcount", "heard least first"], ["-datemodified", "newest files first"], ["bpm", "slow to fast"],
  ["arousal", "quiet to lively"], ["-valence", "bright to sad"],
] as const;

/** Lists to begin with, and to change. */
export const kStarts: readonly (readonly [string, Form])[] = [
  ["Happy and quick", { any: false, sort: "random", limit: "50", rows: [
    { field: "mood", op: "is", value: "happy", upper: "" }, { field: "bpm", op: "gt", value: "110", upper: "" }] }],
  ["Quiet evening", { any: false, sort: "arousal", limit: "50", rows: [
    { field: "arousal", op: "lt", value: "-0.2", upper: "" }, { field: "valence", op: "gt", value: "0", upper: "" }] }],
  ["Long not heard", { any: false, sort: "random", limit: "50", rows: [
    { field: "lastplayed", op: "notInTheLast", value: "30", upper: "" }] }],
  ["All that I like", { any: false, sort: "", limit: "", rows: [{ field: "loved", op: "is", value: "true", upper: "" }] }],
];

/** In the order of the form; fields that are not here come after them under their own names. */
const kLabels: readonly (readonly [string, string])[] = [
  ["mood", "mood"], ["genre", "genre"], ["artist", "artist"], ["title", "title"], ["album", "album"], ["year", "year"], ["loved", "liked"],
  ["bpm", "tempo (bpm)"], ["valence", "pleasant (−1 to 1)"], ["arousal", "lively (−1 to 1)"], ["key", "key"], ["mode", "major or minor"],
  ["playcount", "times heard"], ["skipcount", "times skipped"], ["lastplayed", "last heard"], ["duration", "length (seconds)"],
  ["loudness", "loudness (LUFS)"], ["name", "another list"], ["albumartist", "album artist"], ["composer", "composer"], ["date", "date"],
  ["filepath", "file's path"], ["filetype", "kind of file"], ["datemodified", "file changed"],
];

const kWords: Readonly<Record<string, string>> = {
  is: "is", isNot: "is not", contains: "contains", notContains: "does not contain", startsWith: "starts with", endsWith: "ends with",
  gt: "is above", lt: "is below", inTheRange: "is between", before: "is before", after: "is after", inTheLast: "in the last days",
  notInTheLast: "not in the last days", inHarmonyWith: "goes well with", isMissing: "is not known", isPresent: "is known",
  inPlaylist: "has the song", notInPlaylist: "has not the song",
};

export const operator_words = (op: string): string => kWords[op] ?? op;

/** What the value of a row is typed into. */
export function input_of(field: Field, op: string): "none" | "word" | "flag" | "playlist" | "number" | "date" | "text" {
  if (op === "isMissing" || op === "isPresent") return "none";
  if (op === "inTheLast" || op === "notInTheLast") return "number";
  if (field.type === "moment" || field.type === "date" && (op === "before" || op === "after")) return "date";
  return field.type === "date" || field.type === "key" ? "text" : field.type;
}

function field_in(value: unknown): Field | null {
  const { name, type, operators, words } = (value ?? {}) as Record<string, unknown>;
  const known = kTypes.find((one) => one === type);
  // `id` says the same of a list as `name`, and is no word for people.
  if (typeof name !== "string" || known === undefined || name === "id" || !Array.isArray(operators) || operators.length === 0) return null;
  const label = kLabels.find(([one]) => one === name)?.[1] ?? name;
  // Of days "above" and "below" say the same as "after" and "before".
  const twice = known === "moment" || known === "date" ? ["gt", "lt"] : [];
  return { name, label, type: known, operators: (operators as string[]).filter((op) => !twice.includes(op)), words: Array.isArray(words) ? words as string[] : [] };
}

/** Null for what is no such answer. Fields come in the order of the form. */
export function read_fields(value: unknown): Field[] | null {
  const { fields } = (value ?? {}) as { fields?: unknown };
  if (!Array.isArray(fields)) return null;
  const all = fields.map(field_in).filter((field) => field !== null);
  const place = ({ name }: Field) => (kLabels.findIndex(([one]) => one === name) + kLabels.length + 1) % (kLabels.length + 1);
  return all.sort((a, b) => place(a) - place(b));
}

/** A row of this field with its first operator. */
export function fresh_row(field: Field): Row {
  const value = field.type === "word" ? field.words[0] ?? "" : field.type === "flag" ? "true" : "";
  return { field: field.name, op: field.operators[0] ?? "is", value, upper: "" };
}

/** The row under another operator; a value that does not fit its input any more is left out. */
export function with_operator(row: Row, field: Field, op: string): Row {
  const same = input_of(field, row.op) === input_of(field, op);
  return same ? { ...row, op } : { ...fresh_row(field), op };
}

export function is_whole(row: Row, field: Field): boolean {
  const input = input_of(field, row.op);
  if (input === "none") return true;
  const filled = (text: string) => text.trim() !== "" && (input !== "number" || Number.isFinite(Number(text)));
  return filled(row.value) && (row.op !== "inTheRange" || filled(row.upper));
}

type Value = string | number | boolean;

function value_of(text: string, input: ReturnType<typeof input_of>): Value | Value[] {
  if (input === "flag") return text === "true";
  if (input === "number") return Number(text);
  if (input !== "text") return text.trim();
  const several = text.split("|").map((one) => one.trim()).filter((one) => one !== "");
  return several.length > 1 ? several : several[0] ?? "";
}

function rule_of(row: Row, field: Field): unknown {
  const input = input_of(field, row.op);
  if (input === "none") return { [row.op]: { [row.field]: true } };
  const value = row.op === "inTheRange" ? [value_of(row.value, input), value_of(row.upper, input)] : value_of(row.value, input);
  return { [row.op]: { [row.field]: value } };
}

/** The .nsp of the rows that are whole; null while there is none. */
export function rules_of(form: Form, fields: readonly Field[]): Record<string, unknown> | null {
  const rules = form.rows.flatMap((row) => {
    const field = fields.find(({ name }) => name === row.field);
    return field !== undefined && is_whole(row, field) ? [rule_of(row, field)] : [];
  });
  if (rules.length === 0) return null;
  const limit = Math.floor(Number(form.limit));
  return {
    [form.any ? "any" : "all"]: rules,
    ...(form.sort === "" ? {} : { sort: form.sort }),
    ...(limit >= 1 ? { limit } : {}),
  };
}

const kOwnKeys = ["all", "any", "sort", "order", "limit", "name", "comment", "public"];

function text_of(value: unknown): string | null {
  if (Array.isArray(value)) return value.every((one) => typeof one === "string" && !one.includes("|")) ? value.join(" | ") : null;
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : null;
}

function row_of(rule: unknown, fields: readonly Field[]): Row | null {
  const [[op, said] = [], ...more] = Object.entries((rule ?? {}) as Record<string, unknown>);
  const [[name, value] = [], ...others] = Object.entries((said ?? {}) as Record<string, unknown>);
  const field = fields.find((one) => one.name === name);
  if (op === undefined || field === undefined || !field.operators.includes(op) || more.length > 0 || others.length > 0) return null;
  if (op === "inTheRange") {
    const [low, high] = Array.isArray(value) ? value.map(text_of) : [];
    return low == null || high == null ? null : { field: field.name, op, value: low, upper: high };
  }
  const input = input_of(field, op);
  if (input === "none") return value === true ? { field: field.name, op, value: "", upper: "" } : null;
  const text = text_of(value);
  if (text === null || Array.isArray(value) && input !== "text") return null;
  return { field: field.name, op, value: text, upper: "" };
}

/** The form that says the same; null where the rules say more than a form can: groups, other keys. */
export function form_of(rules: unknown, fields: readonly Field[]): Form | null {
  if (typeof rules !== "object" || rules === null) return null;
  const said = rules as Record<string, unknown>;
  if (Object.keys(said).some((key) => !kOwnKeys.includes(key)) || "all" in said === "any" in said) return null;
  const listed = said["all"] ?? said["any"];
  const rows = Array.isArray(listed) ? listed.map((rule) => row_of(rule, fields)) : [null];
  const turned = said["order"] === "desc";
  const sort = typeof said["sort"] === "string" ? `${turned ? "-" : ""}${said["sort"]}` : "";
  if (rows.includes(null) || turned && (sort === "-" || sort.includes(",")) || !kSorts.some(([one]) => one === sort)) return null;
  return { any: "any" in said, rows: rows as Row[], sort, limit: typeof said["limit"] === "number" ? String(said["limit"]) : "" };
}

/** A name for the list that these rows make: "happy, Rock". */
export function name_for(form: Form, fields: readonly Field[]): string {
  const words = form.rows.flatMap((row) => {
    const field = fields.find(({ name }) => name === row.field);
    if (field === undefined || !is_whole(row, field)) return [];
    if (field.name === "loved") return [row.value === "true" ? "liked" : "not liked"];
    const value = row.op === "inTheRange" ? `${row.value} to ${row.upper}` : row.value;
    const plain = row.op === "is" && ["word", "text"].includes(field.type);
    return [plain ? value : `${field.label.replace(/ \(.*/, "")} ${operator_words(row.op).replace(/ days$/, "")} ${value}`.trim()];
  });
  const name = words.join(form.any ? " or " : ", ");
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}
