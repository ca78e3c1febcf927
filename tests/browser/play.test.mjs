// The hands on the player, and what the server remembers of them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { by, hears, is_silent, launch, open_page, queue_of, until } from "./support/browser.mjs";
import { scanned_library, Server } from "./support/server.mjs";

let server, browser, opened;

before(async () => {
  server = await Server.start({ library: scanned_library() });
  browser = await launch("denied");
  opened = await open_page(browser, server);
  await opened.page.click(by("mood-happy"));
  await opened.page.waitForSelector(by("queue-item"));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const playing = async (page) => Number(await page.getAttribute(by("now-playing-title"), "data-song-id"));
const time_of = (page) => page.$eval("#player", (audio) => audio.currentTime);
const plays_sent = (page) => {
  const sent = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/plays")) sent.push(JSON.parse(request.postData()));
  });
  return sent;
};

/** Goes to the last moments of the song, so that it ends by itself. */
async function seek_to_end(page) {
  await page.$eval("#player", (audio) => { audio.currentTime = audio.duration - 1; });
}

test("play, pause and resume", async () => {
  const { page } = opened;
  const first = (await queue_of(page))[0].id;
  await page.click(by("play"));
  await hears(page);
  assert.equal(await playing(page), first);
  await page.click(by("pause"));
  await is_silent(page);
  const paused_at = await time_of(page);
  await page.click(by("play"));
  await hears(page);
  assert.ok((await time_of(page)) >= paused_at, "resume goes on where pause left");
});

test("next skips to the queue's first song and the skip is told", async () => {
  const { page } = opened;
  const sent = plays_sent(page);
  const before = await playing(page);
  await page.click(by("next"));
  await until("another song plays", async () => (await playing(page)) !== before);
  await hears(page);
  await until("the skip is told", () => sent.length > 0);
  assert.equal(sent[0].song, before);
  assert.equal(sent[0].outcome, "skipped");
  assert.ok(sent[0].heard_ms > 500 && sent[0].heard_ms < 60_000, `heard ${sent[0].heard_ms} ms`);
});

test("a song heard to its end is stored as a play, and the next one starts by itself", async () => {
  const { page } = opened;
  const song = await playing(page);
  const before = (await server.get(`/api/songs/${song}`)).plays;
  await seek_to_end(page);
  await until("the next song plays", async () => (await playing(page)) !== song);
  await hears(page);
  await until("the play is stored", async () => (await server.get(`/api/songs/${song}`)).plays === before + 1);
});

test("stop ends the song", async () => {
  const { page } = opened;
  const sent = plays_sent(page);
  await page.click(by("stop"));
  await page.waitForSelector(by("play"));
  assert.equal(await page.getAttribute(by("now-playing-title"), "data-song-id"), null);
  assert.equal(await page.$eval("#player", (audio) => audio.paused), true);
  await until("the stop is told", () => sent.length > 0);
  assert.equal(sent[0].outcome, "stopped");
});

test("a chosen song of the queue plays, and its place can be sought", async () => {
  const { page } = opened;
  const third = (await queue_of(page))[2].id;
  await page.locator(by("queue-play")).nth(2).click();
  await until("the chosen song plays", async () => (await playing(page)) === third);
  await hears(page);
  await page.locator(by("seek")).fill("30");
  await until("the song is at 30 s", async () => (await time_of(page)) >= 30);
  await hears(page);
});

test("a like stays after a reload", async () => {
  const { page } = opened;
  const sounding = await playing(page);
  await page.click(by("like"));
  await until("the like is stored", async () => (await server.get(`/api/songs/${sounding}`)).liked);
  // The song that was just heard need not be offered again; one that is offered now will be.
  const song = (await queue_of(page))[0].id;
  const like = `${by("queue-item")}[data-song-id="${song}"] ${by("queue-like")}`;
  await page.click(like);
  await until("the other like is stored", async () => (await server.get(`/api/songs/${song}`)).liked);
  await page.reload();
  await page.waitForSelector(`${by("connection")}[data-state=open]`);
  assert.equal((await server.get(`/api/songs/${sounding}`)).liked, true);
  await page.click(by("mood-happy"));
  const item = page.locator(like);
  await item.waitFor();
  assert.equal(await item.getAttribute("aria-pressed"), "true");
  await item.click();
  await until("the like is taken back", async () => !(await server.get(`/api/songs/${song}`)).liked);
});

test("leaving the page tells what was heard", async () => {
  const { page, context } = await open_page(browser, server);
  await page.click(by("mood-happy"));
  await page.waitForSelector(by("queue-item"));
  await page.click(by("play"));
  await hears(page, 0.3);
  const told = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/plays")) told.push(request.method());
  });
  await page.goto("about:blank");
  await until("the play is told", () => told.length > 0);
  assert.deepEqual(told, ["POST"]);
  await context.close();
});

// A server that is killed in the middle of a song must lose no play, and the page must come back by itself.
test("with the server gone the page says so, keeps the play, and comes back", async () => {
  const { page } = opened;
  await page.click(by("play"));
  await hears(page);
  const song = await playing(page);
  const before = (await server.get(`/api/songs/${song}`)).plays;
  await until("the song is all here", () => page.$eval("#player", (audio) => audio.buffered.length > 0
    && audio.buffered.end(audio.buffered.length - 1) >= audio.duration - 0.5), 20_000);
  await server.pause("SIGKILL");
  await page.waitForSelector(`${by("connection")}[data-state=away]`);
  await seek_to_end(page);
  await until("the song has ended", () => page.evaluate(() => localStorage.getItem("harmonic.unsent_plays")?.includes("finished")));
  await server.resume();
  await page.waitForSelector(`${by("connection")}[data-state=open]`, { timeout: 20_000 });
  await until("the play is stored", async () => (await server.get(`/api/songs/${song}`)).plays === before + 1, 20_000);
  await until("the mood was told again", async () => (await queue_of(page)).length > 0);
});
