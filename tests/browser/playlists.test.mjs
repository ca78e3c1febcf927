// Playlists on the page: kept from everywhere, made of rules, put in order by mouse, keys and finger, taken back, and
// carried as files. What the page shows is compared with what the server keeps.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { by, hears, launch, open_page, until } from "./support/browser.mjs";
import { screenshots } from "./support/paths.mjs";
import { Server } from "./support/server.mjs";

const kSongs = 300;

let server, browser, songs, page, opened;

before(async () => {
  server = await Server.start({ shelf: kSongs });
  await until("the library is read", async () => (await server.get("/api/status")).songs === kSongs, 30_000);
  ({ songs } = await server.get("/api/songs"));
  browser = await launch("denied");
  opened = await open_page(browser, server, { reducedMotion: "reduce", acceptDownloads: true });
  ({ page } = opened);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const kept = async () => (await server.get("/api/playlists")).playlists;
const list_named = async (name) => (await kept()).find((list) => list.name === name);
const ids_of = async (name) => (await server.get(`/api/playlists/${(await list_named(name)).id}`)).ids;
const shown_ids = (on = page) => on.$$eval(by("list-song"), (rows) => rows.map(({ dataset }) => Number(dataset.songId)));
const line_of = (name) => page.locator(by("playlist"), { has: page.locator(".title", { hasText: new RegExp(`^${name}(smart)?$`) }) });
const playing = async () => Number(await page.getAttribute(by("now-playing-title"), "data-song-id"));
const stands_as = (name, ids) => until(`${name} is kept as it is shown`, async () => (await ids_of(name)).join() === ids.join());

/** Keeps what the button is for under a name, and gives it. */
async function keep(where, name, on = page) {
  await on.locator(by(`keep-${where}`)).first().click();
  const suggested = await on.inputValue(by("keep-name"));
  assert.ok(suggested.length > 3, "a name is suggested");
  if (name !== undefined) await on.fill(by("keep-name"), name);
  await on.keyboard.press("Enter");
  await until("it is kept", () => list_named(name ?? suggested)).catch(async (late) => {
    throw new Error(`${late.message}; the page says: ${await on.locator(".notice").allTextContents()}`);
  });
  await on.waitForSelector(by("keep-name"), { state: "detached" });
  return name ?? suggested;
}

async function open_list(name) {
  await line_of(name).locator(by("list-open")).click();
  await page.waitForSelector(by("list-opened"));
}

test("the queue is kept as a list, and plays", async () => {
  await page.waitForSelector(by("lists-none"));
  await page.click(by("mood-happy"));
  await page.waitForSelector(by("queue-item"));
  const queue = await page.$$eval(by("queue-item"), (items) => items.map(({ dataset }) => Number(dataset.songId)));
  await keep("queue", "Bright day");
  assert.deepEqual(await ids_of("Bright day"), queue);
  await until("the list is shown", async () => Number(await line_of("Bright day").getAttribute("data-songs")) === queue.length);
  await open_list("Bright day");
  assert.deepEqual(await shown_ids(), queue);
  await page.locator(by("list-song-play")).nth(2).click();
  await until("it plays from the third on", async () => (await playing()) === queue[2]);
  await hears(page, 0.2);
  assert.equal(await page.getAttribute(by("picked"), "data-songs"), String(queue.length - 2));
  // A name that is taken is refused in words, and nothing is lost.
  await page.click(by("keep-queue"));
  await page.fill(by("keep-name"), "bright DAY");
  await page.keyboard.press("Enter");
  await page.locator(".notice", { hasText: "choose another name" }).waitFor();
  await page.keyboard.press("Escape");
});

test("songs change their places by mouse and by keys, and each change is taken back", async () => {
  const before = await ids_of("Bright day");
  const is_shown = (ids) => until("it is shown", async () => (await shown_ids()).join() === ids.join());
  await page.locator(by("list-song")).nth(1).evaluate((row) => row.scrollIntoView({ block: "center" }));
  await page.screenshot({ path: join(screenshots, "playlists.png") });
  const handle = (at) => page.locator(by("list-move")).nth(at);
  await handle(0).hover(); // waits until it stands still
  await page.mouse.down();
  const to = await handle(2).boundingBox();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height * 0.9, { steps: 20 });
  await page.mouse.up(); // no picture before this: taking one may end the drag
  const dragged = [before[1], before[2], before[0], ...before.slice(3)];
  await is_shown(dragged);
  await stands_as("Bright day", dragged);

  await page.locator(by("list-move")).nth(2).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await is_shown(before); // the focus goes with the song
  assert.match(await page.textContent(by("list-told")), / is now 1 of \d+\.$/);
  await stands_as("Bright day", before);
  await page.locator(by("list-take-out")).nth(1).click();
  const shorter = before.filter((_, i) => i !== 1);
  await stands_as("Bright day", shorter);
  for (const then of [before, dragged, before]) {
    await page.click(by("lists-undo"));
    await stands_as("Bright day", then);
    await is_shown(then);
  }
});

// The failure: an order of songs, or a list, that comes back because an old answer arrived last.
test("an answer that comes late brings nothing back", async () => {
  const { id } = await list_named("Bright day");
  const before = await ids_of("Bright day");
  const address = (url) => url.pathname === `/api/playlists/${id}`;
  let let_go, delivered;
  const hold_next_look = async () => {
    const asked = new Promise((done) => {
      void page.route(address, async (route) => {
        const answer = await route.fetch();
        const held = new Promise((go) => { let_go = go; });
        done();
        await held;
        delivered = route.fulfill({ response: answer }).then(() => true);
      }, { times: 1 });
    });
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await asked;
  };
  const answers = async () => {
    let_go();
    await until("the late answer is there", () => delivered);
    delivered = undefined;
    await page.waitForTimeout(200);
  };

  await hold_next_look();
  await page.locator(by("list-move")).nth(0).focus();
  await page.keyboard.press("ArrowDown");
  const changed = [before[1], before[0], ...before.slice(2)];
  await stands_as("Bright day", changed);
  await answers();
  assert.deepEqual(await shown_ids(), changed);
  await page.click(by("lists-undo"));
  await stands_as("Bright day", before);
  await until("it is shown", async () => (await shown_ids()).join() === before.join());

  await hold_next_look();
  await line_of("Bright day").locator(by("list-open")).click();
  await page.waitForSelector(by("list-opened"), { state: "detached" });
  await answers();
  assert.equal(await page.$(by("list-opened")), null);
  await open_list("Bright day");
});

test("a smart list is made of rows, counted while it is made, and changed", async () => {
  await page.click(by("lists-new"));
  await page.locator(by("rule-start")).first().click();
  assert.equal(await page.locator(by("rule")).count(), 2);
  await page.locator(`${by("rule")} .round`).nth(1).click();
  await page.selectOption(by("rule-field"), "valence");
  await page.selectOption(by("rule-op"), "inTheRange");
  await page.fill(by("rule-value"), "0.5");
  await page.fill(by("rule-upper"), "0.2");
  await page.locator(by("rule-count"), { hasText: "lowest first" }).waitFor();
  assert.ok(await page.isDisabled(by("rule-keep")), "rules that cannot be are not kept");
  await page.fill(by("rule-upper"), "1");
  await page.click(by("rule-add"));
  const row = page.locator(by("rule")).nth(1);
  await row.locator(by("rule-field")).selectOption("arousal");
  await row.locator(by("rule-op")).selectOption("lt");
  await row.locator(by("rule-value")).fill("0.3");
  await page.selectOption(by("rule-sort"), "arousal");
  await page.fill(by("rule-limit"), "");
  const fits = songs.filter(({ valence, arousal }) => valence >= 0.5 && arousal < 0.3).sort((a, b) => a.arousal - b.arousal);
  assert.ok(fits.length > 3 && fits.length < kSongs / 2, `${fits.length} songs are no test`);
  await page.waitForSelector(`${by("rule-count")}[data-songs="${fits.length}"]`);
  await page.locator(by("lists")).screenshot({ path: join(screenshots, "playlists-maker.png") });
  await page.fill(by("rule-name"), "Mild");
  await page.click(by("rule-keep"));
  await page.waitForSelector(by("rule-maker"), { state: "detached" });
  await until("it is kept", () => list_named("Mild"));
  assert.deepEqual(await ids_of("Mild"), fits.map(({ id }) => id));

  await open_list("Mild");
  await page.waitForSelector(by("list-rules"));
  assert.equal(await page.locator(by("list-move")).count(), 0, "rules choose its songs, not hands");
  await page.click(by("list-rules"));
  await page.fill(by("rule-limit"), "2");
  await page.waitForSelector(`${by("rule-count")}[data-songs="2"]`);
  await page.click(by("rule-keep"));
  await until("two are left", async () => (await ids_of("Mild")).length === 2);
  await until("two are shown", async () => (await shown_ids()).length === 2);

  await page.click(by("pause"));  // a song that ends by itself would be taken for one cut off
  await page.waitForSelector(by("play"));
  const now = await playing();
  const to_come = Number(await page.getAttribute(by("picked"), "data-to-come"));
  await page.click(by("list-play-next"));
  await page.waitForSelector(`${by("picked")}[data-to-come="${to_come + 2}"]`);
  assert.equal(await playing(), now, "what plays is not cut off");
  await page.click(by("next"));
  await until("the first of the list follows", async () => (await playing()) === fits[0].id);
});

test("lists are kept of the day, of the map and of a journey", async () => {
  const day = (await server.get("/api/today")).lists[0];
  assert.equal(await keep("today"), day.title);
  assert.deepEqual(await ids_of(day.title), day.songs.map(({ id }) => id));
  await page.click(by("map-choose-view"));
  const chosen = Number(await page.getAttribute(by("map-chosen"), "data-songs"));
  assert.equal((await ids_of(await keep("map", "All of it"))).length, chosen);
  await page.click(by("journey-open"));
  await until("the journey is planned", async () => (await page.locator(by("journey-song")).count()) === 8);
  const way = await page.$$eval(by("journey-song"), (items) => items.map(({ dataset }) => Number(dataset.songId)));
  assert.deepEqual(await ids_of(await keep("journey")), way);
  await page.click(by("journey-close"));
});

test("a list is renamed, written into a file, deleted, brought back and read from a file", async () => {
  const before = await ids_of("Bright day");
  await open_list("Bright day");
  await page.click(by("list-rename"));
  await page.fill(by("list-new-name"), "Sunny / day");
  await page.keyboard.press("Enter");
  await until("it has the new name", () => list_named("Sunny / day"));
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(by("list-export-m3u8"))]);
  assert.match(download.suggestedFilename(), /^Sunny . day\.m3u8$/);
  const file = readFileSync(await download.path(), "utf8");
  assert.equal(file.split("\n").filter((line) => line.startsWith("/")).length, before.length);

  await page.click(by("list-delete"));
  await until("it is gone", async () => (await list_named("Sunny / day")) === undefined);
  await page.click(by("lists-undo"));
  await until("it is back", () => list_named("Sunny / day"));
  assert.deepEqual(await ids_of("Sunny / day"), before);

  // Without its folder, and with a song that is not there.
  const lines = file.split("\n").map((line) => line.replace(/^.*\/music\//, "")).filter((line) => !line.startsWith("#PLAYLIST"));
  await page.setInputFiles(by("lists-file"), [
    { name: "old road.m3u8", mimeType: "audio/x-mpegurl", buffer: Buffer.from(`${lines.join("\n")}\nnowhere.mp3\n`) },
    { name: "torn.xspf", mimeType: "application/xspf+xml", buffer: Buffer.from("<playlist>") },
  ]);
  await until("it is imported", () => list_named("old road"));
  assert.deepEqual(await ids_of("old road"), before);
  await page.locator(by("lists-done"), { hasText: "Not found: 1 song, “nowhere.mp3”" }).waitFor();
  await page.locator(".notice", { hasText: "torn.xspf" }).waitFor();
});

test("on a phone a finger puts songs in order, nothing is cut off, and every control has a name", async () => {
  const phone = await open_page(browser, server, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" });
  const { page: small, context, faults } = phone;
  await small.locator(by("playlist"), { hasText: "old road" }).locator(by("list-open")).tap();
  await small.waitForSelector(by("list-song"));
  await small.locator(by("lists-new")).tap();
  await small.waitForSelector(by("rule-maker"));
  const wider = await small.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `the page is ${wider} pixels wider than the phone`);
  const nameless = await small.$$eval(`${by("lists")} :is(button, input, select, a)`, (controls) => controls
    .filter((control) => !(control.getAttribute("aria-label") || control.textContent.trim() || control.labels?.[0]?.textContent.trim()))
    .map((control) => control.outerHTML));
  assert.deepEqual(nameless, []);
  await small.locator(by("lists")).screenshot({ path: join(screenshots, "playlists-phone.png") });

  const before = await shown_ids(small);
  const handle = small.locator(by("list-move"));
  await handle.first().scrollIntoViewIfNeeded();
  const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height * 0.9 });
  const [from, to] = [middle(await handle.first().boundingBox()), middle(await handle.nth(1).boundingBox())];
  const hand = await context.newCDPSession(small);
  const touch = (type, points) => hand.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(({ x, y }) => ({ x, y, id: 0 })) });
  await touch("touchStart", [{ x: from.x, y: from.y - 10 }]);
  await touch("touchMove", [to]);
  await touch("touchEnd", []);
  const then = [before[1], before[0], ...before.slice(2)];
  assert.deepEqual(await shown_ids(small), then);
  await stands_as("old road", then);
  assert.deepEqual(faults, []);
  await context.close();
  const refused = ({ url, status }) => status >= 400 && url.includes("/api/playlists");
  assert.equal(opened.answers.filter(refused).length, 3, "the taken name, the range turned round, the torn file");
});
