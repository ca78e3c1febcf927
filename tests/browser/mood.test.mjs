// With the camera denied, the plane alone does it all: by mouse, by finger and by keys.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { by, hears, launch, open_page, queue_of, until } from "./support/browser.mjs";
import { scanned_library, Server } from "./support/server.mjs";

const kFollows_ms = 5000;

let server, browser, opened;

before(async () => {
  server = await Server.start({ library: scanned_library() });
  browser = await launch("denied");
  opened = await open_page(browser, server);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function mood_of(page) {
  const point = await page.$eval(by("mood-point"), ({ dataset }) => ({ ...dataset }));
  return { valence: Number(point.valence), arousal: Number(point.arousal) };
}

/** A place in the plane, in pixels of the window. */
async function place(page, valence, arousal) {
  await page.locator(by("mood-plane")).scrollIntoViewIfNeeded();
  const box = await page.locator(by("mood-plane")).boundingBox();
  return { x: box.x + ((valence + 1) / 2) * box.width, y: box.y + ((1 - arousal) / 2) * box.height };
}

async function drag_to(page, valence, arousal) {
  const from = await page.locator(by("mood-point")).boundingBox();
  const to = await place(page, valence, arousal);
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}

/** The queue's first three songs lie on the side of `sign`. */
function queue_turns(page, sign) {
  return until(`the queue turns to ${sign}`, async () => {
    const songs = await queue_of(page);
    return songs.length > 0 && songs.slice(0, 3).every((song) => Math.sign(song.valence) === sign) && songs;
  }, kFollows_ms);
}

test("a denied camera is told kindly, and the rest works", async () => {
  const { page } = opened;
  await page.click(by("camera-toggle"));
  const hint = page.locator(by("camera-hint"));
  await hint.waitFor();
  assert.match(await hint.textContent(), /not allowed.*works without it/);
  assert.match(await page.textContent(by("camera-toggle")), /Turn the camera on/);
});

test("a missing camera is told kindly", async () => {
  const bare = await launch("none");
  const { page, faults } = await open_page(bare, server);
  await page.click(by("camera-toggle"));
  await page.waitForSelector(by("camera-hint"));
  assert.match(await page.textContent(by("camera-hint")), /No camera was found.*works without it/);
  assert.deepEqual(faults, []);
  await bare.close();
});

test("the mouse drags the mood; the queue fills and a pleasant song plays", async () => {
  const { page, answers } = opened;
  await drag_to(page, 0.7, 0.5);
  const mood = await mood_of(page);
  assert.ok(Math.abs(mood.valence - 0.7) < 0.03 && Math.abs(mood.arousal - 0.5) < 0.03, JSON.stringify(mood));
  assert.equal(await page.getAttribute(by("mood-source"), "data-source"), "hand");
  const { value: queue, ms } = await queue_turns(page, 1);
  console.log(`# by mouse: ${queue.length} songs after ${ms} ms`);
  await page.click(by("play"));
  await hears(page);
  const id = await page.getAttribute(by("now-playing-title"), "data-song-id");
  assert.ok((await server.get(`/api/songs/${id}`)).valence > 0);
  assert.ok(answers.some(({ url, status }) => url.endsWith(`/api/songs/${id}/stream`) && status === 206));
});

test("dragged to the sad side, the queue follows within 5 s; the song plays on, or changes when asked", async () => {
  const { page } = opened;
  const playing = await page.getAttribute(by("now-playing-title"), "data-song-id");
  await drag_to(page, -0.7, -0.4);
  const { ms } = await queue_turns(page, -1);
  console.log(`# by mouse: the queue turned after ${ms} ms`);
  assert.equal(await page.getAttribute(by("now-playing-title"), "data-song-id"), playing);
  await page.click(by("play-now"));
  await hears(page);
  assert.ok(Number(await page.getAttribute(by("now-playing-title"), "data-valence")) < 0);
});

test("arrow keys move the mood, and the queue follows", async () => {
  const { page } = opened;
  await page.focus(by("mood-point"));
  await page.keyboard.press("Home");
  assert.deepEqual(await mood_of(page), { valence: 0, arousal: 0 });
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  assert.deepEqual(await mood_of(page), { valence: 0.05, arousal: 0.05 });
  for (let i = 0; i < 4; ++i) await page.keyboard.press("Shift+ArrowRight");
  assert.equal((await mood_of(page)).valence, 0.85);
  await queue_turns(page, 1);
});

test("buttons set the mood, and it can be given back", async () => {
  const { page } = opened;
  await page.click(by("mood-sad"));
  assert.ok((await mood_of(page)).valence < 0);
  await queue_turns(page, -1);
  await page.click(by("mood-release"));
  await until("the mood is not known", () => page.$(`${by("mood-source")}[data-source=none]`));
});

test("what the music should do changes the target", async () => {
  const { page } = opened;
  await page.click(by("mood-sad"));
  await queue_turns(page, -1);
  const matched = (await queue_of(page)).map((song) => song.id);
  await page.locator("label", { has: page.locator(by("strategy-lift")) }).click();
  await until("the queue changes", async () => {
    const lifted = (await queue_of(page)).map((song) => song.id);
    return lifted.length > 0 && lifted.join() !== matched.join();
  }, kFollows_ms);
});

test("who asks for known songs gets no others", async () => {
  const { page } = opened;
  const choose = (name) => page.locator("label", { has: page.locator(by(`familiar-${name}`)) }).click();
  await choose("known");
  await until("nothing was heard yet, so nothing is known", async () => (await queue_of(page)).length === 0, kFollows_ms);
  await choose("new");
  await until("all is new", async () => (await queue_of(page)).length > 0, kFollows_ms);
  await choose("any");
});

test("a finger places the mood on a phone", async () => {
  const { page, context, faults } = await open_page(browser, server, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const to = await place(page, 0.6, 0.6);
  await page.touchscreen.tap(to.x, to.y);
  await queue_turns(page, 1);
  assert.ok(Math.abs((await mood_of(page)).valence - 0.6) < 0.05);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `the page is ${wider} pixels wider than the phone`);
  assert.deepEqual(faults, []);
  await context.close();
});

test("nothing went wrong and nothing left for elsewhere", () => {
  assert.deepEqual(opened.faults, []);
});
