// Chromium as a person has it, but for its camera, and a page that is watched for what it must not do.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { program } from "./paths.mjs";

const kArguments = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--autoplay-policy=no-user-gesture-required",
];

/** camera: a film to play, "denied" (there is one, the listener says no) or "none" (there is none). */
export function launch(camera) {
  const eyes = camera === "none" ? [] : camera === "denied"
    ? ["--use-fake-device-for-media-stream", "--deny-permission-prompts"]
    : ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${camera}`];
  return chromium.launch({ executablePath: program("chromium", "chromium-browser", "google-chrome"), args: [...kArguments, ...eyes] });
}

/** An element by its data-testid. */
export const by = (id) => `[data-testid="${id}"]`;

/** Opens the player in a fresh profile and notes everything that it must not do. */
export async function open_page(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: "dark", ...options });
  const page = await context.newPage();
  const faults = [];
  const answers = [];
  const sockets = { pictures: 0, picture_bytes: 0 };
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${server.url}/`)) faults.push(`a request to ${request.url()}`);
  });
  page.on("websocket", (socket) => {
    if (new URL(socket.url()).host !== new URL(server.url).host) faults.push(`a socket to ${socket.url()}`);
    socket.on("framesent", ({ payload }) => {
      if (typeof payload === "string") return;
      sockets.pictures += 1;
      sockets.picture_bytes += payload.length;
    });
  });
  page.on("response", (response) => answers.push({ url: response.url(), status: response.status() }));
  await page.goto(`${server.url}/`);
  await page.waitForSelector(`${by("connection")}[data-state=open]`);
  return { page, context, faults, answers, sockets };
}

/** Songs of the queue as the page shows them. */
export function queue_of(page) {
  return page.$$eval(by("queue-item"), (items) => items.map((item) => ({
    id: Number(item.dataset.songId), valence: Number(item.dataset.valence), arousal: Number(item.dataset.arousal),
    because: item.querySelector(".because")?.textContent ?? "",
  })));
}

/** Looks every 50 ms until `check` gives something true; that is returned, with the time it took. */
export async function until(what, check, patience_ms = 10_000) {
  const began = Date.now();
  for (;;) {
    const value = await check();
    if (value) return { value, ms: Date.now() - began };
    if (Date.now() - began > patience_ms) throw new Error(`${what}: not within ${patience_ms} ms`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const clock_of = (page) => page.$eval("#player", (audio) => audio.currentTime);

/** Fails unless the audio element's time runs on by `seconds`. */
export async function hears(page, seconds = 0.5) {
  const from = await clock_of(page);
  await until("the song sounds", async () => (await clock_of(page)) > from + seconds);
}

/** Fails if the audio element's time moves. */
export async function is_silent(page) {
  const from = await clock_of(page);
  await page.waitForTimeout(600);
  const to = await clock_of(page);
  if (Math.abs(to - from) > 0.02) throw new Error(`the song went on from ${from} to ${to}`);
}

export function scratch_folder() {
  const path = mkdtempSync(join(tmpdir(), "harmonic-film-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
