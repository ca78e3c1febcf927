import assert from "node:assert/strict";
import { test } from "node:test";
import { form_of, fresh_row, input_of, is_whole, kStarts, name_for, read_fields, rules_of, with_operator, type Form } from "../src/core/rules.ts";

const kText = ["is", "isNot", "contains", "isMissing"];
const kFields = read_fields({ fields: [
  { name: "title", type: "text", operators: kText, words: [] },
  { name: "loved", type: "flag", operators: ["is", "isNot"], words: [] },
  { name: "odd", type: "number", operators: ["is", "gt"], words: [] },
  { name: "bpm", type: "number", operators: ["is", "gt", "lt", "inTheRange", "isMissing"], words: [] },
  { name: "arousal", type: "number", operators: ["gt", "lt"], words: [] },
  { name: "valence", type: "number", operators: ["gt", "lt"], words: [] },
  { name: "genre", type: "text", operators: kText, words: [] },
  { name: "mood", type: "word", operators: ["is", "isNot"], words: ["neutral", "happy"] },
  { name: "lastplayed", type: "moment", operators: ["gt", "lt", "before", "inTheLast", "notInTheLast"], words: [] },
  { name: "name", type: "playlist", operators: ["inPlaylist", "notInPlaylist"], words: [] },
  { name: "id", type: "playlist", operators: ["inPlaylist"], words: [] },
  { name: "random", type: "order", operators: [], words: [] },
  { name: "new", type: "later", operators: ["is"], words: [] },
] })!;
const field = (name: string) => kFields.find((one) => one.name === name)!;

test("fields come in the order of the form, and those that are not understood are left out", () => {
  assert.deepEqual(kFields.map(({ name }) => name), ["mood", "genre", "title", "loved", "bpm", "valence", "arousal", "lastplayed", "name", "odd"]);
  assert.deepEqual(field("lastplayed").operators, ["before", "inTheLast", "notInTheLast"]);
  for (const nonsense of [null, {}, { fields: 3 }]) assert.equal(read_fields(nonsense), null);
});

const form = (rows: Form["rows"], rest: Partial<Form> = {}): Form => ({ any: false, rows, sort: "", limit: "", ...rest });
const row = (field: string, op: string, value = "", upper = "") => ({ field, op, value, upper });

test("rows become rules, and rules the same rows", () => {
  const cases: readonly (readonly [Form, Record<string, unknown>])[] = [
    [form([row("mood", "is", "happy"), row("bpm", "inTheRange", "100", "130.5")]), { all: [{ is: { mood: "happy" } }, { inTheRange: { bpm: [100, 130.5] } }] }],
    [form([row("genre", "is", "Rock | Pop")], { any: true }), { any: [{ is: { genre: ["Rock", "Pop"] } }] }],
    [form([row("loved", "is", "false")], { sort: "-lastplayed", limit: "50" }), { all: [{ is: { loved: false } }], sort: "-lastplayed", limit: 50 }],
    [form([row("bpm", "isMissing")]), { all: [{ isMissing: { bpm: true } }] }],
    [form([row("lastplayed", "notInTheLast", "30")]), { all: [{ notInTheLast: { lastplayed: 30 } }] }],
    [form([row("name", "notInPlaylist", "Road")]), { all: [{ notInPlaylist: { name: "Road" } }] }],
    [form([row("title", "contains", "100")]), { all: [{ contains: { title: "100" } }] }],
  ];
  for (const [said, rules] of cases) {
    assert.deepEqual(rules_of(said, kFields), rules);
    assert.deepEqual(form_of(rules, kFields), said);
  }
  // As the library keeps the order of one field.
  assert.equal(form_of({ all: [{ is: { loved: true } }], sort: "playcount", order: "desc" }, kFields)?.sort, "-playcount");
});

test("rows that are not filled say nothing yet", () => {
  const empty = form([fresh_row(field("genre")), row("bpm", "inTheRange", "100"), row("bpm", "gt", "fast"), row("bpm", "gt", " ")]);
  assert.equal(rules_of(empty, kFields), null);
  assert.deepEqual(rules_of(form([...empty.rows, fresh_row(field("mood")), fresh_row(field("loved"))]), kFields),
    { all: [{ is: { mood: "neutral" } }, { is: { loved: true } }] });
});

// Guards against a form that silently drops what it cannot show, and keeps the rest as the list's rules.
test("rules that say more than rows can have no form", () => {
  for (const rules of [
    null, 3, {}, { all: 3 }, { all: [], any: [] }, { none: [{ is: { loved: true } }] }, { all: [{ any: [{ is: { loved: true } }] }] },
    { all: [{ is: { loved: true }, isNot: { mood: "happy" } }] }, { all: [{ is: { colour: "red" } }] }, { all: [{ gt: { mood: "happy" } }] },
    { all: [{ is: { bpm: [100, 120] } }] }, { all: [{ is: { genre: "Rock" } }], seed: 3 }, { all: [{ is: { genre: "Rock" } }], sort: "year,title" },
    { all: [{ isMissing: { bpm: false } }] }, { all: [{ inTheRange: { bpm: 100 } }] },
  ]) assert.equal(form_of(rules, kFields), null, JSON.stringify(rules));
});

test("a value stays under an operator that takes the like", () => {
  assert.deepEqual(with_operator(row("bpm", "gt", "100"), field("bpm"), "inTheRange"), row("bpm", "inTheRange", "100"));
  assert.deepEqual(with_operator(row("lastplayed", "before", "2020-01-01"), field("lastplayed"), "inTheLast"), row("lastplayed", "inTheLast"));
  assert.equal(input_of(field("lastplayed"), "inTheLast"), "number");
  assert.equal(input_of(field("lastplayed"), "before"), "date");
  assert.ok(is_whole(row("bpm", "isMissing"), field("bpm")));
});

test("the lists to begin with are whole, and named by what they say", () => {
  for (const [name, start] of kStarts) {
    for (const one of start.rows) assert.ok(is_whole(one, field(one.field)), name);
    assert.deepEqual(form_of(rules_of(start, kFields), kFields), start);
  }
  assert.equal(name_for(form([row("mood", "is", "happy"), row("bpm", "gt", "110")]), kFields), "happy, tempo is above 110");
  assert.equal(name_for(form([row("loved", "is", "true"), row("genre", "is", "Rock")], { any: true }), kFields), "liked or Rock");
  assert.equal(name_for(form([fresh_row(field("genre"))]), kFields), "");
  assert.equal(name_for(form([row("title", "is", "x".repeat(99))]), kFields).length, 60);
});
