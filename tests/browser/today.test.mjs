// The lists of the day: four, named, the same all day, and played with one click.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { by, hears, launch, open_page, until } from "./support/browser.mjs";
import { screenshots } from "./support/paths.mjs";
import { Server } from "./support/server.mjs";

const kSongs = 60;

let server, browser, opened;

before(async () => {
  server = await Server.start({ shelf: kSongs });
  await until("the library is read", async () => (await server.get("/api/status")).songs === kSongs);
  browser = await launch("denied");
  opened = await open_page(browser, server);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const lists_on = (page) => page.$$eval(by("today-list"), (all) => all.map((one) => ({
  part: one.dataset.part, title: one.querySelector(".title").textContent, songs: one.dataset.songs,
  now: one.getAttribute("aria-current") === "time",
})));

test("the page shows the lists of the day, and the one of this hour stands out", async () => {
  const { page } = opened;
  await page.waitForSelector(by("today-list"));
  const shown = await lists_on(page);
  const told = await server.get("/api/today");
  assert.deepEqual(shown.map(({ part, title, songs }) => ({ part, title, songs })),
    told.lists.map(({ part, title, songs }) => ({ part, title, songs: songs.map(({ id }) => id).join() })));
  assert.deepEqual(shown.map(({ part }) => part), ["morning", "afternoon", "evening", "night"]);
  assert.deepEqual(shown.filter(({ now }) => now).map(({ part }) => part), [told.now]);
  const all = shown.flatMap(({ songs }) => songs.split(","));
  assert.equal(new Set(all).size, all.length, "a song is in one list only");
  const panel = await page.locator(by("today")).boundingBox();
  const boxes = await page.$$eval(by("today-list"), (all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  for (const [i, box] of boxes.entries()) {
    assert.ok(box.x > panel.x && box.right < panel.x + panel.width && box.y > panel.y, JSON.stringify({ box, panel }));
    if (i > 0) assert.ok(box.y >= boxes[i - 1].bottom, "the lists stand below each other");
  }
  await page.locator(by("today")).scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(screenshots, "today.png") });
});

test("a list plays in its order", async () => {
  const { page } = opened;
  const list = (await lists_on(page))[1];
  const songs = list.songs.split(",").map(Number);
  await page.click(`${by("today-list")}[data-part="${list.part}"]`);
  await page.waitForSelector(`${by("picked")}[data-songs="${songs.length}"]`);
  await hears(page);
  const playing = async () => Number(await page.getAttribute(by("now-playing-title"), "data-song-id"));
  assert.equal(await playing(), songs[0]);
  await page.click(by("next"));
  await until("the second song plays", async () => (await playing()) === songs[1]);
});

test("the lists stay when songs were played and the page is opened anew", async () => {
  const before = await lists_on(opened.page);
  const { page, context, faults } = await open_page(browser, server);
  await page.waitForSelector(by("today-list"));
  assert.deepEqual(await lists_on(page), before);
  assert.deepEqual([...faults, ...opened.faults], []);
  await context.close();
});
