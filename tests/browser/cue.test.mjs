// An album in one file: the songs that its cue sheet tells apart, heard in a real browser.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { by, hears, launch, open_page, queue_of, scratch_folder, until } from "./support/browser.mjs";
import { binary, program } from "./support/paths.mjs";
import { Server } from "./support/server.mjs";

const kFirst_s = 12, kSecond_s = 20;

let server, browser, folder;

function done_by(command, options) {
  const done = spawnSync(command, options, { encoding: "utf8" });
  assert.equal(done.status, 0, `${command}: ${done.stderr}`);
}

before(async () => {
  folder = scratch_folder();
  const music = join(folder.path, "music"), data = join(folder.path, "data");
  mkdirSync(music);
  const pulse = `sin(2*PI*330*t)*(0.2+0.8*lt(mod(t,0.5),0.1))*0.5`;
  done_by(program("ffmpeg"), ["-v", "error", "-f", "lavfi", "-i", `aevalsrc='${pulse}':s=44100:d=${kFirst_s + kSecond_s}`,
    join(music, "album.flac")]);
  writeFileSync(join(music, "album.cue"), `PERFORMER "Ann"\nTITLE "Cut"\nFILE "album.flac" WAVE
  TRACK 01 AUDIO\n    TITLE "Low"\n    INDEX 01 00:00:00
  TRACK 02 AUDIO\n    TITLE "High"\n    INDEX 01 00:${kFirst_s}:00\n`);
  done_by(binary, ["scan", music, "--data", data]);
  server = await Server.start({ library: data });
  browser = await launch("denied");
});

after(async () => {
  await browser?.close();
  await server?.stop();
  folder?.remove();
});

test("each song plays, can be sought in, and ends where the next begins", async () => {
  const { page } = await open_page(browser, server);
  await page.click(by("mood-happy"));
  await page.waitForSelector(by("queue-item"));
  assert.equal((await queue_of(page)).length, 2, "the album is not two songs");
  await page.click(by("play"));
  await hears(page);
  const playing = () => page.textContent(by("now-playing-title"));
  const first = await playing();
  const length = await page.$eval("#player", (audio) => audio.duration);
  assert.equal(length, first === "Low" ? kFirst_s : kSecond_s);
  await page.$eval("#player", (audio) => { audio.currentTime = audio.duration - 1; });
  await until("the other song plays", async () => (await playing()) !== first);
  await hears(page);
  const second = await page.$eval("#player", (audio) => audio.duration);
  assert.equal(second, first === "Low" ? kSecond_s : kFirst_s);
});
