// The picture and the words of the song that plays: a real file that carries both, one with words that have no time, and
// one with neither.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { by, hears, launch, open_page, scratch_folder, until } from "./support/browser.mjs";
import { astronaut } from "./support/faces.mjs";
import { binary, program, screenshots } from "./support/paths.mjs";
import { Server } from "./support/server.mjs";

const kLines = "[00:00.00]Here it begins\n[00:04.00]<00:04.00>One <00:05.00>two <00:12.00>three\n[00:08.00]The third line\n"
  + "[00:20.00]\n[00:22.00]The last line\n";

let server, browser, opened, songs, folder;

/** Half a minute of a chord, so that a mood is heard in it. */
function song(path, { cover = null, lyrics = null, title }) {
  const picture = cover === null ? [] : ["-i", cover];
  const kept = cover === null ? [] : ["-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v", "attached_pic"];
  const words = lyrics === null ? [] : ["-metadata", `lyrics=${lyrics}`];
  const done = spawnSync(program("ffmpeg"), [
    "-v", "error", "-y", "-f", "lavfi", "-i", "aevalsrc='0.2*(sin(2*PI*262*t)+sin(2*PI*330*t)+sin(2*PI*392*t))*(0.3+0.7*lt(mod(t,0.5),0.1))':d=30",
    ...picture, ...kept, ...words, "-metadata", `title=${title}`, "-metadata", "artist=Somebody", "-c:a", "flac", path,
  ], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`ffmpeg could not make a song: ${done.stderr}`);
}

before(async () => {
  folder = scratch_folder();
  const data = join(folder.path, "data");
  for (const name of ["data", "with", "without"]) mkdirSync(join(folder.path, name));
  song(join(folder.path, "with", "timed.flac"), { cover: astronaut(), lyrics: kLines, title: "Timed" });
  song(join(folder.path, "without", "untimed.flac"), { title: "Untimed" });
  writeFileSync(join(folder.path, "without", "untimed.lrc"), "First verse\n\n<b>Second</b> verse\n");
  song(join(folder.path, "without", "bare.flac"), { title: "Bare" });
  const scan = spawnSync(binary, ["scan", join(folder.path, "with"), join(folder.path, "without"), "--data", data], { encoding: "utf8" });
  assert.equal(scan.status, 0, scan.stderr);
  server = await Server.start({ library: data });
  await until("the library is read", async () => (await server.get("/api/status")).songs === 3);
  ({ songs } = await server.get("/api/songs"));
  browser = await launch("denied");
  opened = await open_page(browser, server);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  folder?.remove();
});

const id_of = (title) => songs.find((song) => song.title === title).id;

/** Chooses a song by its button in the queue, which holds all three. */
async function play(page, title) {
  if ((await page.getAttribute(by("mood-happy"), "aria-pressed")) !== "true") await page.click(by("mood-happy"));
  await until(`${title} plays`, async () => {
    if ((await page.textContent(by("now-playing-title"))) === title) return true;
    const item = await page.$(`${by("queue-item")}[data-song-id="${id_of(title)}"] ${by("queue-play")}`);
    await (item ?? (await page.$(by("next")))).click();
    return false;
  });
  await hears(page, 0.2);
}

const sounding = (page) => page.$eval(`${by("lyric-line")}[aria-current]`, (line) => line.textContent, null).catch(() => null);
const seek = (page, seconds) => page.$eval("#player", (audio, at) => { audio.currentTime = at; }, seconds);

test("the song's picture stands beside it", async () => {
  const { page } = opened;
  await play(page, "Timed");
  await page.waitForSelector(by("cover"));
  await until("the picture is there", () => page.$eval(by("cover"), (cover) => cover.complete && cover.naturalWidth === 512));
  assert.match(await page.getAttribute(by("cover"), "alt"), /Timed/);
});

test("lines with times follow the song, word by word, and a press goes there", async () => {
  const { page } = opened;
  assert.equal(await page.$(by("lyrics")), null, "the panel is shut at first");
  await page.keyboard.press("w");
  await page.waitForSelector(`${by("lyrics")}[data-timed=true]`);
  assert.equal(await page.getAttribute(by("lyrics-toggle"), "aria-expanded"), "true");
  await page.click(by("pause"));
  for (const [seconds, line] of [[1, "Here it begins"], [6, "One two three"], [9, "The third line"], [25, "The last line"]]) {
    await seek(page, seconds);
    await until(`${line} at ${seconds} s`, async () => (await sounding(page)) === line);
  }
  await seek(page, 6);
  await until("two of three words have begun", () => page.$$eval(`${by("lyric-line")}[aria-current] .sung`, (words) => words.length === 2));
  const seen = await page.$eval(`${by("lyric-line")}[aria-current]`, (line) => {
    const frame = line.closest(".scroll").getBoundingClientRect();
    const { top, bottom } = line.getBoundingClientRect();
    return top >= frame.top && bottom <= frame.bottom;
  });
  assert.ok(seen, "the line that sounds can be seen");
  await page.screenshot({ path: join(screenshots, "lyrics.png") });
  await page.click(`${by("lyric-line")}:nth-child(3) button`);
  await until("the song is at the third line", () => page.$eval("#player", (audio) => Math.abs(audio.currentTime - 8) < 0.1));
  await until("the third line is the one that sounds", async () => (await sounding(page)) === "The third line");
});

// The words are text: a file that carries markup must not write into the page.
test("words without times are shown as they stand", async () => {
  const { page } = opened;
  await play(page, "Untimed");
  await page.waitForSelector(`${by("lyrics")}[data-timed=false]`);
  const lines = await page.$$eval(by("lyric-line"), (all) => all.map((line) => line.textContent.trim()));
  assert.deepEqual(lines.filter((line) => line !== ""), ["First verse", "<b>Second</b> verse"]);
  assert.equal(await page.$(by("cover")), null);
  await page.click(by("lyrics-close"));
  await until("the panel is shut", async () => !(await page.$(by("lyrics"))));
});

test("a song with neither offers neither, and asks for neither", async () => {
  const { page, answers, faults } = opened;
  await play(page, "Bare");
  await page.waitForTimeout(300);
  assert.equal(await page.$(by("lyrics-toggle")), null);
  assert.equal(await page.$(by("cover")), null);
  assert.deepEqual(answers.filter(({ status }) => status >= 400), []);
  assert.deepEqual(faults, []);
});
