// How smoothly the map of a large library moves: real Chromium without a graphics card, the real program, a hand that
// drags or turns the wheel with each picture. Beside it the usual ways to draw as many dots on a canvas.
//
//   npm --prefix tests/browser ci && node bench/map_bench.mjs [SONGS]      (default: 50000)
import { by, launch, open_page, until } from "../tests/browser/support/browser.mjs";
import { Server } from "../tests/browser/support/server.mjs";

const kSeconds = 5;
const songs = Number(process.argv[2] ?? 50_000);

/** Notes in the page when the songs were painted, and how long the script worked for each picture. */
function watch_painting() {
  const notes = window.painting = { at: [], worked: [] };
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...args) {
    put.apply(this, args);
    if (this.canvas.closest("[data-testid=map]") !== null) notes.painted = true;
  };
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (act) => request((now) => {
    notes.painted = false;
    const began = performance.now();
    act(now);
    if (!notes.painted) return;
    notes.at.push(performance.now());
    notes.worked.push(performance.now() - began);
  });
}

const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/**
 * Lets a hand move with each picture for some seconds, and prints what the page painted meanwhile. The events are made in
 * the page: sent from outside, each would wait for the answer to the one before, and that is what would be measured.
 */
async function measure(page, what, hand) {
  const { at, worked } = await page.evaluate(async ({ hand, seconds }) => {
    const map = document.querySelector("[data-testid=map]");
    const box = map.getBoundingClientRect();
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const notes = Object.assign(window.painting, { at: [], worked: [] });
    const began = performance.now();
    for (let i = 0; performance.now() - began < seconds * 1000; ++i) {
      const place = { bubbles: true, cancelable: true, clientX: middle.x + 120 * Math.cos(i / 20), clientY: middle.y + 90 * Math.sin(i / 20) };
      map.dispatchEvent(hand === "wheel" ? new WheelEvent("wheel", { ...place, deltaY: i % 60 < 30 ? -50 : 50 })
        : new PointerEvent("pointermove", { ...place, pointerId: 1, pointerType: "mouse", buttons: 1 }));
      await new Promise((done) => requestAnimationFrame(done));
    }
    return notes;
  }, { hand, seconds: kSeconds });
  const gaps = at.slice(1).map((time, i) => time - at[i]);
  const rate = gaps.length / ((at[at.length - 1] - at[0]) / 1000);
  console.log(`${what.padEnd(34)} ${rate.toFixed(1).padStart(6)} pictures/s  gap p95 ${quantile(gaps, 0.95).toFixed(1).padStart(5)} ms  `
    + `script median ${quantile(worked, 0.5).toFixed(1).padStart(5)} ms`);
}

/** The same dots by paths, a colour at a time, or by copies of small pictures: pictures a second while nothing else runs. */
async function usual_way(page, way) {
  return page.evaluate(async ({ way, seconds }) => {
    const place = document.querySelector("[data-testid=map]");
    const canvas = document.createElement("canvas");
    canvas.width = place.clientWidth;
    canvas.height = place.clientHeight;
    canvas.style.cssText = "position: absolute; inset: 0";
    place.append(canvas);
    const pen = canvas.getContext("2d");
    const head = new Uint32Array(await (await fetch("api/map")).arrayBuffer());
    const count = head[1];
    const floats = new Float32Array(head.buffer);
    const x = floats.subarray(2 + 2 * count, 2 + 3 * count);
    const y = floats.subarray(2 + 3 * count, 2 + 4 * count);
    const kShades = 64;
    const shade = (i) => Math.floor(((x[i] + 1) / 2) * 7.99) * 8 + Math.floor(((y[i] + 1) / 2) * 7.99);
    const shades = Array.from({ length: kShades }, () => []);
    for (let i = 0; i < count; ++i) shades[shade(i)].push(i);
    const colour = (s) => `oklch(0.76 0.15 ${(s * 360) / kShades} / 0.8)`;
    const sprites = shades.map((_, s) => {
      const sprite = document.createElement("canvas");
      sprite.width = sprite.height = 4;
      const dot = sprite.getContext("2d");
      dot.fillStyle = colour(s);
      dot.arc(2, 2, 1.5, 0, 2 * Math.PI);
      dot.fill();
      return sprite;
    });
    let shift = 0;
    const draw = () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      shift = (shift + 1) % 50;
      shades.forEach((list, s) => {
        if (way === "paths") {
          pen.beginPath();
          pen.fillStyle = colour(s);
        }
        for (const i of list) {
          const left = ((x[i] + 1) / 2) * canvas.width + shift;
          const top = ((1 - y[i]) / 2) * canvas.height;
          if (way === "pictures") pen.drawImage(sprites[s], left - 2, top - 2);
          else {
            pen.moveTo(left + 1.5, top);
            pen.arc(left, top, 1.5, 0, 2 * Math.PI);
          }
        }
        if (way === "paths") pen.fill();
      });
    };
    let pictures = 0;
    const began = performance.now();
    while (performance.now() - began < seconds * 1000) {
      await new Promise((done) => requestAnimationFrame(done));
      draw();
      pictures += 1;
    }
    const rate = pictures / ((performance.now() - began) / 1000);
    canvas.remove();
    return rate;
  }, { way, seconds: kSeconds });
}

const server = await Server.start({ shelf: songs });
const browser = await launch("denied");
try {
  const { page, context } = await open_page(browser, server, { viewport: { width: 1280, height: 860 } });
  await context.addInitScript(watch_painting);
  await page.reload();
  await page.waitForSelector(`${by("map")}[data-songs="${songs}"]`);
  await page.locator(by("map")).scrollIntoViewIfNeeded();
  const box = await page.locator(by("map")).boundingBox();
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  console.log(`${songs} songs on ${Math.round(box.width)} x ${Math.round(box.height)} pixels`);
  await page.mouse.move(x, y);
  await measure(page, "wheel, all songs to a tenth", "wheel");
  const drag = async (what) => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await measure(page, what, "drag");
    await page.mouse.up();
  };
  const nearer = async (turned, zoom) => {
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -turned);
    await until("the map is nearer", async () => Number(await page.getAttribute(by("map"), "data-zoom")) > zoom);
  };
  await page.click(by("map-whole"));
  await until("all is in view", async () => Number(await page.getAttribute(by("map"), "data-zoom")) === 1);
  await nearer(200, 1.2);
  await drag("drag, most songs in view");
  await nearer(1400, 9);
  await drag("drag, a few songs in view");
  for (const way of ["paths", "pictures"]) {
    console.log(`${`for comparison: ${way}`.padEnd(34)} ${(await usual_way(page, way)).toFixed(1).padStart(6)} pictures/s`);
  }
} finally {
  await browser.close();
  await server.stop();
}
