// Takes the pictures of the README from the real program. Run with `npm run picture`, or `node picture.mjs map` for one.
//
//   player  docs/picture.png: the astronaut before the camera, the queue that follows, a song that plays
//   map     docs/map.jpg: the map of a library of 50,000 songs that were made up, with a line around some of them
import { statSync } from "node:fs";
import { join } from "node:path";
import { by, hears, launch, open_page, queue_of, scratch_folder, until } from "./support/browser.mjs";
import { astronaut } from "./support/faces.mjs";
import { film, frame } from "./support/film.mjs";
import { repository } from "./support/paths.mjs";
import { scanned_library, Server } from "./support/server.mjs";

const kMostBytes = 600_000;
const kSongs = 50_000;

async function player(out) {
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
}

async function map(out) {
  const server = await Server.start({ shelf: kSongs });
  const browser = await launch("denied");
  try {
    const { page } = await open_page(browser, server, { viewport: { width: 1200, height: 1010 } });
    await page.waitForSelector(`${by("map")}[data-songs="${kSongs}"]`, { timeout: 60_000 });
    await page.locator(".map-card").evaluate((card) => card.scrollIntoView({ block: "start" }));
    const box = await page.locator(by("map")).boundingBox();
    const at = (degrees) => {
      const far = 1 + 0.12 * Math.sin((3 * degrees * Math.PI) / 180);
      return [box.x + box.width * (0.68 + 0.2 * far * Math.cos((degrees * Math.PI) / 180)), box.y + box.height * (0.33 - 0.24 * far * Math.sin((degrees * Math.PI) / 180))];
    };
    await page.keyboard.down("Shift");
    await page.mouse.move(...at(0));
    await page.mouse.down();
    for (let degrees = 5; degrees < 360; degrees += 5) await page.mouse.move(...at(degrees));
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await page.waitForSelector(by("map-chosen"));
    await page.mouse.move(0, 0);
    await page.$eval(".now", (bar) => { bar.style.display = "none"; }); // it lies over the card's foot
    await page.locator(".map-card").screenshot({ path: out, type: "jpeg", quality: 80 });
  } finally {
    await browser.close();
    await server.stop();
  }
}

const kPictures = { player: [player, "picture.png"], map: [map, "map.jpg"] };
const wanted = process.argv.slice(2);
for (const [name, [take, file]] of Object.entries(kPictures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const out = join(repository, "docs", file);
  await take(out);
  const { size } = statSync(out);
  console.log(`${out}: ${size} bytes`);
  if (size <= kMostBytes) continue;
  console.error(`The picture is larger than ${kMostBytes} bytes.`);
  process.exit(1);
}
