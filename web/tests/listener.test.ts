import assert from "node:assert/strict";
import { test } from "node:test";
import { asked_for, company_words, read_myself } from "../src/core/listener.ts";

test("who listens is read, and what is no such answer is none", () => {
  const answer = { name: "Ann", first: false, together: { agreed: true, others: 2 }, hat: "red" };
  assert.deepEqual(read_myself(answer), { name: "Ann", first: false, agreed: true, others: 2 });
  for (const nonsense of [null, 3, {}, { name: "Ann", first: false }, { ...answer, together: { agreed: 1, others: 2 } }]) {
    assert.equal(read_myself(nonsense), null);
  }
});

test("an address is asked for a listener, whatever the name is made of", () => {
  assert.equal(asked_for("api/plays", ""), "api/plays");
  assert.equal(asked_for("api/plays", "Ann & Bob"), "api/plays?listener=Ann%20%26%20Bob");
  assert.equal(asked_for("api/songs?ids=1,2", "Zoë"), "api/songs?ids=1,2&listener=Zo%C3%AB");
});

test("it is said when there is nobody to help", () => {
  assert.match(company_words(0), /changes nothing/);
  assert.match(company_words(1), /^One other/);
  assert.match(company_words(3), /^3 other/);
});
