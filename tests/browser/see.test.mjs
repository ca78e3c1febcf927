// A face in front of the camera sets the mood, the queue follows, and a fitting song plays.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { by, hears, launch, open_page, queue_of, scratch_folder, until } from "./support/browser.mjs";
import { faces_film, has_shared, kWithoutShared } from "./support/faces.mjs";
import { mark_seen } from "./support/film.mjs";
import { scanned_library, Server } from "./support/server.mjs";

const kPart_s = 20;
const kFollows_ms = 5000;
const kExpressions = ["neutral", "happy", "surprised", "sad", "angry", "disgusted", "afraid", "contemptuous"];

let server, browser, scratch, opened;

before(async () => {
  server = await Server.start({ library: scanned_library() });
  scratch = scratch_folder();
  browser = await launch(faces_film(scratch.path, kPart_s));
  opened = await open_page(browser, server);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  scratch?.remove();
});

const shown_expression = (page) => page.$eval(by("expression-name"), (name) => name.dataset.expression);

// Nothing may be looked at before the listener says so.
test("the camera is off until the button is pressed", async () => {
  const { page, sockets } = opened;
  await page.waitForTimeout(800);
  assert.equal(await page.$("video"), null);
  assert.equal(sockets.pictures, 0);
  assert.equal(await page.$eval(by("mood-source"), (chip) => chip.dataset.source), "none");
  assert.deepEqual(await queue_of(page), []);
});

test("a smiling face: its expression is shown, the queue fills, a pleasant song plays", async () => {
  const { page, answers } = opened;
  await page.click(by("camera-toggle"));
  await page.waitForSelector(`${by("camera-toggle")}[data-phase=on]`);
  const { ms } = await until("the page says happy", async () => (await shown_expression(page)) === "happy");
  console.log(`# happy shown ${ms} ms after the camera was on`);

  const scores = await Promise.all(kExpressions.map((name) => page.$eval(by(`expression-bar-${name}`), (bar) => Number(bar.dataset.score))));
  assert.ok(Math.abs(scores.reduce((sum, score) => sum + score, 0) - 1) < 0.01, `scores sum to ${scores}`);
  assert.equal(kExpressions[scores.indexOf(Math.max(...scores))], "happy");
  const box = await page.$eval(".boxes rect.main", (rect) => ["width", "height"].map((name) => Number(rect.getAttribute(name))));
  assert.ok(box[0] > 60 && box[1] > 60, `the face box is ${box} pixels`);

  await until("the mood comes from the camera", () => page.$(`${by("mood-source")}[data-source=camera]`));
  assert.ok(Number(await page.getAttribute(by("mood-point"), "data-valence")) > 0);
  const { value: queue } = await until("the queue is pleasant", async () => {
    const songs = await queue_of(page);
    return songs.length > 0 && songs[0].valence > 0 && songs;
  });
  assert.ok(queue.every((song) => song.because !== ""), "every song says why");

  await page.click(by("play"));
  await hears(page);
  const id = Number(await page.getAttribute(by("now-playing-title"), "data-song-id"));
  const stored = await server.get(`/api/songs/${id}`);
  assert.ok(stored.valence > 0, `the song that plays has valence ${stored.valence}`);
  const streams = answers.filter(({ url }) => url.endsWith(`/api/songs/${id}/stream`));
  assert.ok(streams.length > 0 && streams.every(({ status }) => status === 206), JSON.stringify(streams));
});

test("when the film turns to a sad face, the queue follows within 5 s and the song plays on", async (t) => {
  if (!has_shared) return t.skip(kWithoutShared);
  const { page } = opened;
  const playing = await page.getAttribute(by("now-playing-title"), "data-song-id");
  await until("the film is at its first part", async () => (await mark_seen(page)) === "first", 2 * kPart_s * 1000);
  await until("the film turns", async () => (await mark_seen(page)) === "second", 2 * kPart_s * 1000);
  const turned = Date.now();
  await until("the page says sad", async () => (await shown_expression(page)) === "sad", kFollows_ms);
  const shown_ms = Date.now() - turned;
  const { value: queue } = await until("the queue turns", async () => {
    const songs = await queue_of(page);
    return songs.length > 0 && songs.slice(0, 3).every((song) => song.valence < 0) && songs;
  }, kFollows_ms - shown_ms);
  const followed_ms = Date.now() - turned;
  const below = queue.filter((song) => song.valence < 0).length;
  console.log(`# film turned: sad shown after ${(shown_ms / 1000).toFixed(2)} s, queue after ${(followed_ms / 1000).toFixed(2)} s, ${below} of ${queue.length} songs below zero`);
  assert.ok(followed_ms < kFollows_ms);
  assert.equal(await page.getAttribute(by("now-playing-title"), "data-song-id"), playing, "the song was cut off");
  await hears(page);
  await page.click(by("next"));
  await hears(page);
  assert.ok(Number(await page.getAttribute(by("now-playing-title"), "data-valence")) < 0, "the next song follows the new mood");
});

// A camera lamp that stays on, or pictures that still leave, would break the promise of the page.
test("turned off, the camera's tracks end and no picture leaves any more", async () => {
  const { page, sockets } = opened;
  assert.ok(sockets.pictures > 5 && sockets.picture_bytes > 1000);
  const track = await page.evaluateHandle(() => document.querySelector("video").srcObject.getVideoTracks()[0]);
  await page.click(by("camera-toggle"));
  assert.equal(await track.evaluate((ended) => ended.readyState), "ended");
  await page.waitForTimeout(400);
  const { pictures } = sockets;
  await page.waitForTimeout(1000);
  assert.equal(sockets.pictures, pictures);
  await until("the mood is not known", () => page.$(`${by("mood-source")}[data-source=none]`));
});

test("nothing went wrong and nothing left for elsewhere", () => {
  assert.deepEqual(opened.faults, []);
});
