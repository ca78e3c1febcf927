// A journey is planned, bent by mouse, keys and finger, and played.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { by, hears, launch, open_page, until } from "./support/browser.mjs";
import { screenshots } from "./support/paths.mjs";
import { Server } from "./support/server.mjs";

let server, browser, opened;

before(async () => {
  server = await Server.start({ shelf: 2000 });
  await until("the library is read", async () => (await server.get("/api/status")).songs === 2000, 30_000);
  browser = await launch("denied");
  opened = await open_page(browser, server, { reducedMotion: "reduce" });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const songs_of = (page) => page.$$eval(by("journey-song"), (items) => items.map(({ dataset }) => ({
  id: Number(dataset.songId), valence: Number(dataset.valence), arousal: Number(dataset.arousal),
})));
const ids_of = async (page) => (await songs_of(page)).map(({ id }) => id).join();
const curve_of = (page) => page.getAttribute(by("journey-curve"), "points");
const set_bends = (page) => page.$$eval(`${by("journey-bend")}[data-set=true]`, (bends) => bends.length);

async function begin(page) {
  await page.click(by("mood-angry"));
  await page.click(by("journey-open"));
  await until("the songs of the journey are shown", async () => (await songs_of(page)).length === 8);
  await page.locator(by("journey-plane")).scrollIntoViewIfNeeded();
}

async function middle_of(page, selector) {
  const box = await page.locator(selector).first().boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The pixel of a place in the plane. */
async function pixel(page, valence, arousal) {
  const box = await page.locator(by("journey-plane")).boundingBox();
  return { x: box.x + ((valence + 1) / 2) * box.width, y: box.y + ((1 - arousal) / 2) * box.height };
}

test("the songs lead from the mood to the goal, each nearer than the last", async () => {
  const { page } = opened;
  await begin(page);
  const calm = { valence: 0.35, arousal: -0.6 };
  const away = (await songs_of(page)).map(({ valence, arousal }) => Math.hypot(valence - calm.valence, arousal - calm.arousal));
  for (let i = 1; i < away.length; ++i) assert.ok(away[i] < away[i - 1], away.join());
  assert.ok(away.at(-1) < 0.25);
});

test("dragging the curve bends it, and other songs lie along it", async () => {
  const { page } = opened;
  const [straight, line] = [await ids_of(page), await curve_of(page)];
  const from = await middle_of(page, by("journey-bend"));
  const to = await pixel(page, 0.7, 0.6);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await until("the songs change while the hand still holds", async () => (await ids_of(page)) !== straight);
  await page.mouse.up();
  await until("some song lies where the curve was dragged to", async () => (
    (await songs_of(page)).some(({ valence, arousal }) => Math.hypot(valence - 0.7, arousal - 0.6) < 0.3)));
  assert.notEqual(await curve_of(page), line);
  assert.equal(await set_bends(page), 1, "one drag makes one bend");
  await page.screenshot({ path: join(screenshots, "journey.png") });
});

test("by keyboard it is bent on, and made straight again", async () => {
  const { page } = opened;
  const before = await ids_of(page);
  await page.focus(`${by("journey-bend")}[data-set=true]`);
  for (let i = 0; i < 4; ++i) await page.keyboard.press("Shift+ArrowDown");
  await until("the songs change", async () => (await ids_of(page)) !== before);
  assert.equal(await set_bends(page), 1);
  await page.keyboard.press("Delete");
  await until("no bend is left", async () => (await set_bends(page)) === 0);
  await page.focus(by("journey-bend"));
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await until("keys bend it too", async () => (await set_bends(page)) === 1);
});

test("more or fewer songs, another goal, and then it is played in its order", async () => {
  const { page } = opened;
  await page.selectOption(by("journey-count"), "4");
  await until("four songs", async () => (await songs_of(page)).length === 4);
  const before = await ids_of(page);
  await page.selectOption(by("journey-goal"), "lift");
  await until("other songs", async () => (await ids_of(page)) !== before);
  const songs = await songs_of(page);
  await page.click(by("journey-play"));
  await page.waitForSelector(`${by("picked")}[data-songs="4"]`);
  await hears(page);
  const playing = async () => Number(await page.getAttribute(by("now-playing-title"), "data-song-id"));
  assert.equal(await playing(), songs[0].id);
  await page.click(by("next"));
  await until("the second song plays", async () => (await playing()) === songs[1].id);
  assert.deepEqual(opened.faults, []);
});

test("a finger bends it on a phone", async () => {
  const { page, context, faults } = await open_page(browser, server, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" });
  await begin(page);
  const before = await ids_of(page);
  const hand = await context.newCDPSession(page);
  const touch = (type, points) => hand.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(({ x, y }) => ({ x, y, id: 0 })) });
  const from = await middle_of(page, by("journey-bend"));
  await touch("touchStart", [from]);
  for (let i = 1; i <= 6; ++i) await touch("touchMove", [{ x: from.x + i * 15, y: from.y - i * 12 }]);
  await touch("touchEnd", []);
  await until("the songs change", async () => (await ids_of(page)) !== before);
  assert.equal(await set_bends(page), 1);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `the page is ${wider} pixels wider than the phone`);
  assert.deepEqual(faults, []);
  await context.close();
});
