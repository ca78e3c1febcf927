// What the camera's panel offers beside the expression: a face at rest, several faces, how sure the reading
// is, the last minutes, brief movements, and a name.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { by, launch, open_page, scratch_folder, until } from "./support/browser.mjs";
import { astronaut, brow_film, has_shared, kWithoutShared, resting } from "./support/faces.mjs";
import { film, frame, frame_of_two } from "./support/film.mjs";
import { screenshots } from "./support/paths.mjs";
import { Server } from "./support/server.mjs";

const kEnough = 15; // pictures a second, for brief movements
let scratch, smiling_film;

before(() => {
  scratch = scratch_folder();
  const smiling = frame(astronaut(), join(scratch.path, "smiling.jpg"));
  smiling_film = film([{ jpeg: smiling, seconds: 10 }], join(scratch.path, "smiling.mjpeg"));
});
after(() => scratch?.remove());

/** A server and a page whose camera plays `film`, until `use` is done. */
async function before_camera(film_path, use, { server: settings = {}, page: options = {} } = {}) {
  const server = await Server.start(settings);
  const browser = await launch(film_path);
  try {
    const opened = await open_page(browser, server, options);
    await opened.page.click(by("camera-toggle"));
    await opened.page.waitForSelector(by("mood-timeline"));
    await use(opened, { server, browser });
    assert.deepEqual(opened.faults, []);
  } finally {
    await browser.close();
    await server.stop();
  }
}

const from_camera = (page) => until("a mood from the camera", () => page.$(`${by("mood-source")}[data-source=camera]`));
const baseline_is = (page, state) => until(`the face at rest is ${state}`, () => page.$(`${by("baseline-toggle")}[data-state=${state}]`));

test("the disc, the words and the time line say how sure the mood is and how it went", async () => {
  await before_camera(smiling_film, async ({ page }) => {
    await from_camera(page);
    const disc = await page.$eval(by("mood-doubt"), (span) => ({
      uncertainty: Number(span.dataset.uncertainty), share: span.offsetWidth / span.parentElement.clientWidth,
    }));
    assert.ok(disc.uncertainty >= 0 && disc.uncertainty < 0.88, `${disc.uncertainty}`);
    assert.ok(Math.abs(disc.share - disc.uncertainty) < 0.02, JSON.stringify(disc));
    assert.match(await page.textContent(by("mood-sureness")), /^read (clearly|roughly|vaguely)$/);
    await until("the line grows", () => page.$(by("timeline-valence")));
    assert.match(await page.getAttribute(`${by("mood-timeline")} [role=img]`, "aria-label"), /now pleasant \+0\.\d\d/);
    await page.click(by("mood-sad"));
    await until("the hand has no disc", async () => !(await page.$(by("mood-doubt"))));
  });
});

test("a smile is refused as a face at rest, with the reason, and a capture can be cancelled", async () => {
  await before_camera(smiling_film, async ({ page, sockets }) => {
    await from_camera(page);
    await page.click(by("baseline-toggle"));
    await page.waitForSelector(by("baseline-ring"));
    assert.match(await page.textContent(by("baseline-ring")), /face at rest/);
    await until("the ring closes", async () => (
      Number(await page.getAttribute(`${by("baseline-ring")} svg`, "aria-valuenow")) >= 20
    ));
    await page.screenshot({ path: join(screenshots, "capture.png") });
    await page.click(by("baseline-cancel"));
    await page.waitForSelector(by("baseline-ring"), { state: "detached" });
    await baseline_is(page, "none");

    const sent = sockets.pictures;
    const began = Date.now();
    await page.click(by("baseline-toggle"));
    await baseline_is(page, "refused");
    const seconds = (Date.now() - began) / 1000;
    console.log(`# capture: ${sockets.pictures - sent} pictures in ${seconds.toFixed(1)} s`);
    assert.ok(seconds > 2.9 && seconds < 7, `${seconds} s`);
    assert.match(await page.textContent(by("baseline-message")), /clearly happy.*try again/);
  });
});

test("a face at rest is learned and forgotten, and gone with the camera", async (t) => {
  if (!has_shared) return t.skip(kWithoutShared);
  const path = film([{ jpeg: resting(scratch.path), seconds: 10 }], join(scratch.path, "rest.mjpeg"));
  await before_camera(path, async ({ page }) => {
    await from_camera(page);
    await page.click(by("baseline-toggle"));
    await baseline_is(page, "set");
    assert.match(await page.textContent(by("baseline-toggle")), /Forget/);
    await page.click(by("baseline-toggle"));
    await baseline_is(page, "none");
    assert.match(await page.textContent(by("baseline-message")), /forgotten/);

    await page.click(by("baseline-toggle"));
    await baseline_is(page, "set");
    await page.click(by("camera-toggle"));
    await page.click(by("camera-toggle"));
    await baseline_is(page, "none");
  });
});

test("of two faces one is followed; when it leaves, the other takes its place", async () => {
  const head = { x: 115, y: 20, side: 220 }; // of the astronaut
  const two = frame_of_two(astronaut(), head, join(scratch.path, "two.jpg"));
  const one = frame_of_two(astronaut(), head, join(scratch.path, "one.jpg"), { large: 2 });
  const path = film([{ jpeg: two, seconds: 8 }, { jpeg: one, seconds: 8 }], join(scratch.path, "two.mjpeg"));
  await before_camera(path, async ({ page }) => {
    const frames = () => page.$$eval(".boxes rect", (rects) => Object.fromEntries(
      rects.map((rect) => [rect.getAttribute("class"), Number(rect.getAttribute("width"))]),
    ));
    const { value: both } = await until("the large one of two faces is followed", async () => {
      const { main, other } = await frames();
      return main > other && { main, hint: await page.textContent(by("camera-hint")) };
    }, 20_000);
    assert.match(both.hint, /2 faces|Not sure/);
    await until("the other face is followed", async () => {
      const { main, other } = await frames();
      return other === undefined && main < 0.8 * both.main;
    }, 20_000);
    await from_camera(page);
  });
});

test("brief movements are looked for on request, and shown on the time line as movements", async () => {
  await before_camera(brow_film(scratch.path, 2.5), async ({ page, sockets }, { server }) => {
    await from_camera(page);
    assert.equal(await page.$(by("movement-tick")), null);
    const calm = sockets.pictures;
    await page.waitForTimeout(1000);
    assert.ok(sockets.pictures - calm <= 6, `${sockets.pictures - calm} pictures a second before the switch`);
    await page.click(`label:has(${by("movements-switch")})`);
    await page.waitForTimeout(3000);
    const [used, sent, began] = [server.cpu_seconds(), sockets.pictures, Date.now()];
    await page.waitForTimeout(3000);
    const seconds = (Date.now() - began) / 1000;
    const rate = Number(await page.getAttribute(by("movements-rate"), "data-rate"));
    const [load, pictures] = [(server.cpu_seconds() - used) / seconds, (sockets.pictures - sent) / seconds];
    console.log(`# ${pictures.toFixed(1)} pictures a second sent, ${rate} looked at, ${load.toFixed(2)} of a core`);
    assert.ok(rate > 0 && rate < 1.5 * pictures + 1, `the page says ${rate}`);
    // A host that is too busy says so instead of finding nothing in silence.
    if (rate < kEnough) return assert.match(await page.textContent(by("movements-rate")), /Only \d+ pictures/);
    await page.waitForSelector(by("movement-tick"), { timeout: 15_000 });
    const told = await page.textContent(by("movement"));
    console.log(`# ${told.trim()}`);
    assert.match(told, /(brow|eye|nose|cheek|mouth|chin).* moved for \d+ ms/);
    assert.doesNotMatch(told, /happy|sad|angry|afraid|surprised|disgusted|contempt/);
    await page.click(`label:has(${by("movements-switch")})`);
    const before = sockets.pictures;
    await page.waitForTimeout(1000);
    assert.ok(sockets.pictures - before <= 8, "the pace is that of moods again");
  });
});

// Whether a busy host finds a movement is its affair (above); here one is put among what the server says.
test("a movement is a tick on the time line, with its place in words", async () => {
  const server = await Server.start();
  const browser = await launch(smiling_film);
  const { page, faults } = await open_page(browser, server);
  await page.routeWebSocket(/\/api\/live$/, (socket) => {
    const house = socket.connectToServer();
    let readings = 0;
    house.onMessage((message) => {
      socket.send(message);
      const { type, at } = JSON.parse(message);
      if (type !== "reading" || ++readings !== 4) return;
      socket.send(JSON.stringify({ type: "movement", at, onset: at - 1200, apex: at - 1100, offset: at - 950, region: "left_brow" }));
    });
  });
  await page.reload();
  await page.click(by("camera-toggle"));
  await page.waitForSelector(by("movement-tick"));
  assert.match(await page.textContent(by("movement")), /^left brow moved for 250 ms, \d+ s ago$/);
  assert.match(await page.getAttribute(`${by("mood-timeline")} [role=img]`, "aria-label"), /1 brief movement$/);
  const place = await page.$eval(by("movement-tick"), (tick) => tick.offsetLeft / tick.parentElement.clientWidth);
  assert.ok(place > 0.9 && place < 1, `the tick stands at ${place} of the line`);
  await page.screenshot({ path: join(screenshots, "movements.png"), fullPage: true });
  assert.deepEqual(faults, []);
  await browser.close();
  await server.stop();
});

test("an enrolled listener is asked, and greeted only after a yes", async () => {
  const settings = { server: { enrolled: { Ann: [frame(astronaut(), join(scratch.path, "ann.jpg"))] } } };
  await before_camera(smiling_film, async ({ page }, { browser, server }) => {
    await page.waitForSelector(by("listener-offer"));
    assert.match(await page.textContent(by("listener-offer")), /Are you Ann\?/);
    assert.equal(await page.$(by("listener-greeting")), null);
    await page.screenshot({ path: join(screenshots, "offer.png") });
    await page.click(by("listener-no"));
    await page.waitForSelector(by("listener-offer"), { state: "detached" });
    await page.waitForTimeout(3000);
    assert.equal(await page.$(by("listener-offer")), null, "a no is not asked again");

    const { page: other } = await open_page(browser, server);
    await other.click(by("camera-toggle"));
    await other.waitForSelector(by("listener-offer"));
    await other.click(by("listener-yes"));
    await other.waitForSelector(by("listener-greeting"));
    assert.match(await other.textContent(by("listener-greeting")), /Hello, Ann/);
  }, settings);
});

test("what the camera's panel looks like, kept in build/screenshots", async (t) => {
  const sizes = { desktop: { width: 1280, height: 1100 }, phone: { width: 390, height: 844 } };
  const server = await Server.start();
  const browser = await launch(smiling_film);
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      await t.test(`${size}, ${colorScheme}`, async () => {
        const { page, context, faults } = await open_page(browser, server, { viewport, colorScheme });
        await page.click(by("camera-toggle"));
        await from_camera(page);
        await until("the line grows", () => page.$(by("timeline-valence")));
        await page.waitForTimeout(1000);
        await page.screenshot({ path: join(screenshots, `camera-${size}-${colorScheme}.png`), fullPage: true });
        const behind = await page.$$eval(".bars .percent", (all) => all.map((one) => getComputedStyle(one).backgroundColor));
        assert.deepEqual([...new Set(behind)], ["rgba(0, 0, 0, 0)"], "another panel's colours lie behind the numbers");
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wider <= 0, `the page is ${wider} pixels wider than the window`);
        assert.deepEqual(faults, []);
        await context.close();
      });
    }
  }
  await browser.close();
  await server.stop();
});
