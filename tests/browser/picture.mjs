// Takes the picture of the README, docs/picture.png, from the real program: the astronaut before the camera,
// the queue that follows, a song that plays. Run with `npm run picture`.
import { statSync } from "node:fs";
import { join } from "node:path";
import { by, hears, launch, open_page, queue_of, scratch_folder, until } from "./support/browser.mjs";
import { astronaut } from "./support/faces.mjs";
import { film, frame } from "./support/film.mjs";
import { repository } from "./support/paths.mjs";
import { scanned_library, Server } from "./support/server.mjs";

const kMostBytes = 600_000;
const out = join(repository, "docs", "picture.png");
const scratch = scratch_folder();
const server = await Server.start({ library: scanned_library() });
const jpeg = frame(astronaut(), join(scratch.path, "smiling.jpg"));
const browser = await launch(film([{ jpeg, seconds: 10 }], join(scratch.path, "film.mjpeg")));
try {
  const { page } = await open_page(browser, server, { viewport: { width: 1200, height: 1010 } });
  await page.click(by("camera-toggle"));
  await until("the queue fills", async () => (await queue_of(page)).length > 0, 20_000);
  await page.click(by("play"));
  await hears(page, 2);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: out });
} finally {
  await browser.close();
  await server.stop();
  scratch.remove();
}
const { size } = statSync(out);
console.log(`${out}: ${size} bytes`);
if (size > kMostBytes) {
  console.error(`The picture is larger than ${kMostBytes} bytes.`);
  process.exit(1);
}
