import assert from "node:assert/strict";
import { test } from "node:test";
import { delivery_of, kMostKept, Outbox, type Delivery, type Shelf } from "../src/core/outbox.ts";
import type { PlayReport } from "../src/core/player_machine.ts";

function shelf(text: string | null = null): Shelf & { text: string | null } {
  return { text, load() { return this.text; }, save(saved) { this.text = saved; } };
}

const play = (song: number): PlayReport => ({ song, started_at: 1, heard_ms: 2, outcome: "finished" });

function sender(...answers: Delivery[]) {
  const sent: number[] = [];
  return { sent, send: (report: PlayReport) => (sent.push(report.song), Promise.resolve(answers.shift() ?? "stored")) };
}

test("plays arrive in order and leave the box when stored", async () => {
  const kept = shelf();
  const { sent, send } = sender();
  const box = new Outbox(kept, send);
  box.add(play(1));
  box.add(play(2));
  assert.equal(await box.flush(), true);
  assert.deepEqual(sent, [1, 2]);
  assert.equal(box.size, 0);
  assert.equal(kept.text, "[]");
});

// Guards against a play lost because the server was away, or because the page was reloaded meanwhile.
test("a play is kept while the server is away, across a reload", async () => {
  const kept = shelf();
  const box = new Outbox(kept, sender("away").send);
  box.add(play(1));
  assert.equal(await box.flush(), false);
  const { sent, send } = sender();
  const reloaded = new Outbox(kept, send);
  assert.equal(await reloaded.flush(), true);
  assert.deepEqual(sent, [1]);
});

// Guards against one play that the server will never take holding up all later ones.
test("a refused play is let go", async () => {
  const { sent, send } = sender("refused", "stored");
  const box = new Outbox(shelf(), send);
  box.add(play(1));
  box.add(play(2));
  assert.equal(await box.flush(), true);
  assert.deepEqual(sent, [1, 2]);
});

test("two flushes at once send nothing twice", async () => {
  const { sent, send } = sender();
  const box = new Outbox(shelf(), send);
  box.add(play(1));
  await Promise.all([box.flush(), box.flush()]);
  assert.deepEqual(sent, [1]);
});

test("rubbish on the shelf is no play, and the box is bounded", () => {
  for (const text of ["", "{", "3", '[{"song": "x"}, null]', '[{"song": 1, "started_at": 1, "heard_ms": 1, "outcome": "?"}]']) {
    assert.equal(new Outbox(shelf(text), sender().send).size, 0);
  }
  const box = new Outbox(shelf(), sender().send);
  for (let i = 0; i < kMostKept + 5; ++i) box.add(play(i));
  assert.equal(box.size, kMostKept);
});

test("which answers are worth another try", () => {
  const rows: readonly (readonly [number, Delivery])[] = [
    [201, "stored"], [400, "refused"], [403, "refused"], [404, "refused"], [429, "away"], [500, "away"], [503, "away"], [0, "away"],
  ];
  for (const [status, delivery] of rows) assert.equal(delivery_of(status), delivery, String(status));
});
