// The page itself: by keyboard alone, in light and dark, small and large, with an empty library.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { by, hears, is_silent, launch, open_page, until } from "./support/browser.mjs";
import { screenshots } from "./support/paths.mjs";
import { scanned_library, Server } from "./support/server.mjs";

let server, browser;

before(async () => {
  server = await Server.start({ library: scanned_library() });
  browser = await launch("denied");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const focused = (page) => page.evaluate(() => document.activeElement?.dataset.testid ?? document.activeElement?.tagName);

/** Presses Tab until the element with this data-testid has the focus. */
async function tab_to(page, id) {
  for (let i = 0; i < 90; ++i) {
    if ((await focused(page)) === id) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not reach ${id}`);
}

test("everything can be done by keyboard alone, and the focus can be seen", async () => {
  const { page, context, faults } = await open_page(browser, server);
  await tab_to(page, "mood-point");
  const outline = await page.$eval(by("mood-point"), (point) => getComputedStyle(point).outlineWidth);
  assert.ok(parseFloat(outline) >= 2, `the focus is drawn ${outline} wide`);
  for (let i = 0; i < 3; ++i) await page.keyboard.press("Shift+ArrowRight");
  await page.waitForSelector(by("queue-item"));
  for (const id of ["mood-happy", "camera-toggle", "queue-play", "queue-like", "play"]) await tab_to(page, id);

  await page.keyboard.press("m");
  assert.equal(await focused(page), "mood-point");
  await page.keyboard.press("Space");
  await hears(page);
  for (const id of ["stop", "pause", "next", "seek", "volume"]) await tab_to(page, id);
  await page.keyboard.press("m");
  await page.keyboard.press("Space");
  await is_silent(page);
  await page.keyboard.press("Space");
  await hears(page);
  const song = await page.getAttribute(by("now-playing-title"), "data-song-id");
  await page.keyboard.press("l");
  await until("the like is stored", async () => (await server.get(`/api/songs/${song}`)).liked);
  await page.keyboard.press("n");
  await until("the next song", async () => (await page.getAttribute(by("now-playing-title"), "data-song-id")) !== song);
  await page.keyboard.press("?");
  await page.waitForSelector(`${by("help-dialog")}[open]`);
  await page.keyboard.press("Escape");
  await until("the help is gone", async () => !(await page.isVisible(by("help-dialog"))));
  await page.keyboard.press("s");
  await page.waitForSelector(by("play"));
  assert.deepEqual(faults, []);
  await context.close();
});

// A control without a name is a riddle to whoever cannot see it.
test("every control has a name", async () => {
  const { page, context } = await open_page(browser, server);
  await page.click(by("mood-happy"));
  await page.waitForSelector(by("queue-item"));
  const nameless = await page.$$eval("button, input, [role=slider]", (controls) => controls
    .filter((control) => !(control.getAttribute("aria-label") || control.textContent.trim() || control.labels?.[0]?.textContent.trim()))
    .map((control) => control.outerHTML));
  assert.deepEqual(nameless, []);
  await context.close();
});

test("light and dark: as the system wishes, or as chosen, and the choice stays", async () => {
  const { page, context } = await open_page(browser, server, { colorScheme: "dark" });
  const lightness = () => page.evaluate(() => Number(/^oklch\(([\d.]+) /.exec(getComputedStyle(document.body).backgroundColor)[1]));
  assert.ok((await lightness()) < 0.3);
  await page.emulateMedia({ colorScheme: "light" });
  assert.ok((await lightness()) > 0.9);
  await page.click(by("theme")); // light
  await page.click(by("theme")); // dark
  assert.ok((await lightness()) < 0.3);
  await page.reload();
  await page.waitForSelector(by("theme"));
  assert.ok((await lightness()) < 0.3);
  await context.close();
});

test("listeners who want no motion get none", async () => {
  const { page, context } = await open_page(browser, server, { reducedMotion: "reduce" });
  await page.click(by("mood-happy"));
  await page.waitForSelector(by("queue-item"));
  await page.click(by("play"));
  await hears(page, 0.2);
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await context.close();
});

test("an empty library says what to do", async () => {
  const empty = await Server.start();
  const { page, context, faults } = await open_page(browser, empty);
  await page.waitForSelector(by("library-empty"));
  assert.match(await page.textContent(by("library-empty")), /--music/);
  await page.click(by("play"));
  assert.match(await page.textContent(by("now-playing-title")), /Waiting/);
  assert.deepEqual(faults, []);
  await context.close();
  await empty.stop();
});

test("what it looks like, kept in build/screenshots", async (t) => {
  const sizes = { desktop: { width: 1280, height: 860 }, tablet: { width: 820, height: 1180 }, phone: { width: 390, height: 844 } };
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      await t.test(`${size}, ${colorScheme}`, async () => {
        const { page, context, faults } = await open_page(browser, server, { viewport, colorScheme });
        await page.click(by("mood-happy"));
        await page.waitForSelector(by("queue-item"));
        await page.click(by("play"));
        await hears(page, 0.2);
        await page.screenshot({ path: join(screenshots, `${size}-${colorScheme}.png`) });
        const words_outside = await page.$$eval(".segments", (all) => all.flatMap((box) => [...box.querySelectorAll("span")]
          .filter((word) => word.getBoundingClientRect().right > box.getBoundingClientRect().right).map((word) => word.textContent)));
        assert.deepEqual(words_outside, []);
        const player = await page.locator("footer.now").boundingBox();
        assert.ok(player.height < 125, `the player is ${player.height} pixels high: its buttons do not fit two rows`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wider <= 0, `the page is ${wider} pixels wider than the window`);
        assert.deepEqual(faults, []);
        await context.close();
      });
    }
  }
});
