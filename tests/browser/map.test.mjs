// The map of a library of 50,000 songs: by mouse, by fingers, by keys. What a line around songs chooses is counted
// here again, from the JSON of all songs and by another rule than the page's.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { by, hears, launch, open_page, until } from "./support/browser.mjs";
import { screenshots } from "./support/paths.mjs";
import { Server } from "./support/server.mjs";

const kSongs = 50_000;
const kEdge = 1.06; // the whole map shows this much of each axis, either way

let server, browser, songs, opened;

before(async () => {
  const began = Date.now();
  server = await Server.start({ shelf: kSongs });
  await until("the library is read", async () => (await server.get("/api/status")).songs === kSongs, 30_000);
  ({ songs } = await server.get("/api/songs"));
  console.log(`# a library of ${songs.length} songs stands after ${Date.now() - began} ms`);
  browser = await launch("denied");
  opened = await map_page();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function map_page(options = {}) {
  const told = await open_page(browser, server, { reducedMotion: "reduce", ...options });
  await told.page.waitForSelector(`${by("map")}[data-songs="${kSongs}"]`);
  await told.page.locator(by("map")).scrollIntoViewIfNeeded();
  return told;
}

/** The map's inside, without its border, in pixels of the window. */
const inside_of = (page) => page.$eval(by("map"), (map) => {
  const box = map.getBoundingClientRect();
  return { x: box.left + map.clientLeft, y: box.top + map.clientTop, width: map.clientWidth, height: map.clientHeight };
});

const view_of = (page) => page.$eval(by("map"), ({ dataset }) => ({
  valence: Number(dataset.valence), arousal: Number(dataset.arousal), zoom: Number(dataset.zoom),
}));

/** The plane's place under a pixel, when the map's middle is the plane's. */
function plane_at(box, zoom, { x, y }) {
  return {
    valence: (((x - box.x) / box.width) * 2 - 1) * (kEdge / zoom),
    arousal: (1 - ((y - box.y) / box.height) * 2) * (kEdge / zoom),
  };
}

/** Inside a line that does not cross itself: seen from there, it goes once around. */
function goes_around(line, { valence, arousal }) {
  let turned = 0;
  line.forEach((from, i) => {
    const to = line[(i + 1) % line.length];
    const turn = Math.atan2(to.arousal - arousal, to.valence - valence) - Math.atan2(from.arousal - arousal, from.valence - valence);
    turned += turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn;
  });
  return Math.abs(turned) > Math.PI;
}

/** Corners in whole pixels, given as shares of the map's sides. */
const corners_in = (box, shares) => shares.map(([x, y]) => ({ x: Math.round(box.x + x * box.width), y: Math.round(box.y + y * box.height) }));

async function draw_line(page, corners) {
  await page.mouse.move(corners[0].x, corners[0].y);
  await page.mouse.down();
  for (const { x, y } of corners.slice(1)) await page.mouse.move(x, y);
  await page.mouse.up();
}

const chosen = async (page) => Number(await page.getAttribute(by("map-chosen"), "data-songs"));
const playing = async (page) => Number(await page.getAttribute(by("now-playing-title"), "data-song-id"));

const kHorseshoe = [[0.15, 0.2], [0.85, 0.15], [0.9, 0.85], [0.72, 0.8], [0.66, 0.4], [0.4, 0.37], [0.33, 0.84], [0.12, 0.9]];

test("the map says in words what it shows", async () => {
  const words = (await opened.page.textContent(by("map-words"))).replaceAll(",", "");
  const count = (pleasant, lively) => songs.filter(({ valence, arousal }) => valence >= 0 === pleasant && arousal >= 0 === lively).length;
  for (const [pleasant, lively] of [[true, true], [false, true], [false, false], [true, false]]) {
    assert.ok(words.includes(` ${count(pleasant, lively)} on the `), `${count(pleasant, lively)} in: ${words}`);
  }
  assert.match(words, /^50000 songs/);
});

test("hovering a song names it, and a press plays it", async () => {
  const { page } = opened;
  const box = await inside_of(page);
  const at = { x: Math.round(box.x + box.width * 0.7), y: Math.round(box.y + box.height * 0.3) };
  const { valence, arousal } = plane_at(box, 1, at);
  const far = (song) => Math.hypot((song.valence - valence) * box.width, (song.arousal - arousal) * box.height);
  const nearest = songs.reduce((best, song) => (far(song) < far(best) ? song : best));
  await page.mouse.move(at.x, at.y);
  await page.waitForSelector(by("map-label"));
  const label = await page.textContent(by("map-label"));
  assert.ok(label.startsWith(nearest.title) && label.includes(nearest.artist), label);
  await page.screenshot({ path: join(screenshots, "map-hover.png") });
  await page.mouse.click(at.x, at.y);
  await hears(page);
  assert.equal(await playing(page), nearest.id);
});

test("a line drawn around songs chooses exactly those inside", async () => {
  const { page } = opened;
  await page.click(by("map-lasso"));
  const box = await inside_of(page);
  const corners = corners_in(box, kHorseshoe);
  await draw_line(page, corners);
  const line = corners.map((corner) => plane_at(box, 1, corner));
  const expected = songs.filter((song) => goes_around(line, song)).length;
  assert.ok(expected > 5000 && expected < 45_000, `${expected} songs are no test`);
  assert.equal(await chosen(page), expected);
  console.log(`# the line holds ${expected} songs`);
  await page.screenshot({ path: join(screenshots, "map-lasso.png") });
  await page.click(by("map-lasso"));
});

test("dragged with Shift, nearer, the line is as true, and a stray one can be cleared", async () => {
  const { page } = opened;
  for (let i = 0; i < 2; ++i) await page.click(by("map-closer"));
  assert.deepEqual(await view_of(page), { valence: 0, arousal: 0, zoom: 2.25 });
  const box = await inside_of(page);
  const corners = corners_in(box, [[0.3, 0.75], [0.42, 0.28], [0.71, 0.4], [0.55, 0.5], [0.6, 0.7]]);
  await page.keyboard.down("Shift");
  await draw_line(page, corners);
  await page.keyboard.up("Shift");
  const line = corners.map((corner) => plane_at(box, 2.25, corner));
  const expected = songs.filter((song) => goes_around(line, song));
  assert.equal(await chosen(page), expected.length);
  assert.deepEqual(await view_of(page), { valence: 0, arousal: 0, zoom: 2.25 }, "drawing does not move the map");

  await page.click(by("map-play"));
  await page.waitForSelector(`${by("picked")}[data-songs="${expected.length}"]`);
  await hears(page);
  const ids = new Set(expected.map(({ id }) => id));
  const first = await playing(page);
  assert.ok(ids.has(first));
  await page.click(by("next"));
  await until("the next song plays", async () => (await playing(page)) !== first);
  await hears(page);
  assert.ok(ids.has(await playing(page)));
  assert.equal(Number(await page.getAttribute(by("picked"), "data-to-come")), expected.length - 2);
  const queue = await page.$$eval(by("queue-item"), (items) => items.map(({ dataset }) => Number(dataset.songId)));
  assert.ok(queue.length > 5 && queue.every((id) => ids.has(id)));

  await page.click(by("map-clear"));
  await until("nothing is chosen", async () => !(await page.$(by("map-chosen"))));
  await page.click(by("follow-mood"));
  await until("the queue is the mood's", async () => !(await page.$(by("picked"))));
});

// More songs than one answer of the server holds: the list goes on by itself until it is over.
test("a list longer than one answer is played to its end, then the mood leads again", async () => {
  const { page } = opened;
  await page.click(by("mood-sad"));
  await page.click(by("map-whole"));
  const box = await inside_of(page);
  // A line that grows until it holds 22 to 60 songs.
  let found = 0;
  for (let half = 4; half < 60 && found < 22; half += 2) {
    const middle = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
    await page.keyboard.down("Shift");
    await draw_line(page, [[-half, -half], [half, -half], [half, half], [-half, half]].map(([x, y]) => ({ x: middle.x + x, y: middle.y + y })));
    await page.keyboard.up("Shift");
    found = await chosen(page);
  }
  assert.ok(found >= 22 && found < 400, `${found} songs`);
  await page.click(by("map-play"));
  await page.waitForSelector(by("picked"));
  const heard = new Set();
  for (let i = 0; i < found; ++i) {
    await until("another song plays", async () => !heard.has(await playing(page)));
    heard.add(await playing(page));
    await page.click(by("next"));
  }
  await until("the mood leads again", async () => !(await page.$(by("picked"))));
  assert.equal(heard.size, found);
  await page.click(by("map-clear"));
});

test("the wheel zooms about the hand and a drag moves the map with it", async () => {
  const { page } = opened;
  await page.click(by("map-whole"));
  const box = await inside_of(page);
  const at = { x: Math.round(box.x + box.width * 0.3), y: Math.round(box.y + box.height * 0.6) };
  const under = plane_at(box, 1, at);
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -1000);
  await until("the map is nearer", async () => (await view_of(page)).zoom > 4);
  const place = async (point) => {
    const { valence, arousal, zoom } = await view_of(page);
    const { valence: x, arousal: y } = plane_at(box, zoom, point);
    return { valence: x + valence, arousal: y + arousal };
  };
  const stays = async (point) => {
    const now = await place(point);
    assert.ok(Math.hypot(now.valence - under.valence, now.arousal - under.arousal) < 0.002, JSON.stringify({ now, under }));
  };
  await stays(at);
  await page.mouse.down();
  await page.mouse.move(at.x + 80, at.y - 30, { steps: 5 });
  await page.mouse.up();
  await stays({ x: at.x + 80, y: at.y - 30 });
  const { zoom } = await view_of(page);
  await page.mouse.wheel(0, 5000);
  await until("the whole map is back", async () => (await view_of(page)).zoom === 1);
  assert.ok(zoom > 4);
});

test("everything on the map can be done by keyboard", async () => {
  const { page } = opened;
  await page.keyboard.press("g");
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), "map");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  const view = await view_of(page);
  assert.ok(view.zoom === 2.25 && view.valence > 0.1 && view.arousal > 0.1, JSON.stringify(view));
  await until("the song in the middle is told", async () => (await page.textContent(by("map-told"))).includes("Song "));
  const told = await page.textContent(by("map-told"));
  await page.keyboard.press("Enter");
  await until("it plays", async () => told.startsWith(`${await page.textContent(by("now-playing-title"))} by `));
  await page.focus(by("map-choose-view"));
  await page.keyboard.press("Enter");
  const within = (half) => songs.filter((song) => (
    Math.abs(song.valence - view.valence) < half && Math.abs(song.arousal - view.arousal) < half
  )).length;
  const rounding = 1e-4; // of the view as the page tells it
  const found = await chosen(page);
  assert.ok(found >= within(kEdge / 2.25 - rounding) && found <= within(kEdge / 2.25 + rounding), `${found} songs`);
  await page.focus(by("map"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("0");
  assert.equal((await view_of(page)).zoom, 1);
  assert.equal(await page.$(by("map-chosen")), null);
});

test("buttons glide, and jump for those who want no motion", async () => {
  const { page } = opened;
  await page.click(by("map-closer"));
  assert.equal((await view_of(page)).zoom, 1.5, "at once");
  await page.click(by("map-whole"));
  const { page: moving, context } = await map_page({ reducedMotion: "no-preference" });
  const zooms = await moving.evaluate(async () => {
    const map = document.querySelector("[data-testid=map]");
    document.querySelector("[data-testid=map-closer]").click();
    const seen = [];
    while (seen.at(-1) !== 1.5 && seen.length < 300) {
      await new Promise((done) => requestAnimationFrame(done));
      seen.push(Number(map.dataset.zoom));
    }
    return seen;
  });
  assert.equal(zooms.at(-1), 1.5);
  assert.ok(zooms.some((zoom) => zoom > 1 && zoom < 1.5), "the way is shown");
  await context.close();
});

test("two fingers zoom, one finger draws a line, on a phone", async () => {
  const { page, context, faults } = await map_page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const hand = await context.newCDPSession(page);
  const touch = (type, points) => hand.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(({ x, y }, id) => ({ x, y, id })) });
  const box = await inside_of(page);
  const middle = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  const fingers = (apart) => [{ x: middle.x - apart, y: middle.y }, { x: middle.x + apart, y: middle.y }];
  await touch("touchStart", fingers(20));
  for (let apart = 24; apart <= 60; apart += 4) await touch("touchMove", fingers(apart));
  await touch("touchEnd", []);
  await until("the map is three times as near", async () => Math.abs((await view_of(page)).zoom - 3) < 0.2);

  await page.tap(by("map-whole"));
  await until("all of it is seen", async () => (await view_of(page)).zoom === 1);
  await page.tap(by("map-lasso"));
  const settled = await inside_of(page); // buttons that came to be may have moved it
  const corners = corners_in(settled, kHorseshoe);
  await touch("touchStart", [corners[0]]);
  for (const corner of corners.slice(1)) await touch("touchMove", [corner]);
  await touch("touchEnd", []);
  const line = corners.map((corner) => plane_at(settled, 1, corner));
  assert.equal(await chosen(page), songs.filter((song) => goes_around(line, song)).length);
  await page.screenshot({ path: join(screenshots, "map-phone.png") });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `the page is ${wider} pixels wider than the phone`);
  assert.deepEqual(faults, []);
  await context.close();
});

test("the map comes from the browser's copy while the library stays as it is", async () => {
  const first = await fetch(`${server.url}/api/map`);
  const again = await fetch(`${server.url}/api/map`, { headers: { "If-None-Match": first.headers.get("ETag") } });
  assert.equal((await first.arrayBuffer()).byteLength, 8 + 16 * kSongs);
  assert.equal(again.status, 304);
  assert.deepEqual(opened.faults, []);
});
