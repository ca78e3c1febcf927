// The real program with a library of its own: scanned once, copied for each server, thrown away after.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary, demo_music, kept, need } from "./paths.mjs";
import { fill_shelf, tone } from "./shelf.mjs";

const kStart_ms = 30_000;

function free_port() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** The folder of the scanned demo library. Files that were scanned before are not decoded again. */
export function scanned_library() {
  need(binary, "The program");
  const data = join(kept, "browser-library");
  const music = demo_music();
  if (music.length === 0) throw new Error("There is no demo music: install singularity-music and amoebax-data.");
  mkdirSync(data, { recursive: true });
  const began = Date.now();
  const scan = spawnSync(binary, ["scan", ...music, "--data", data, "--json"], { encoding: "utf8" });
  if (scan.status !== 0) throw new Error(`harmonic scan ended with ${scan.status}: ${scan.stderr}`);
  console.log(`# scan: ${JSON.stringify({ ...JSON.parse(scan.stdout), failed: undefined })}, ${Date.now() - began} ms`);
  return data;
}

async function answers(url) {
  try {
    return (await fetch(`${url}/api/status`)).ok;
  } catch {
    return false;
  }
}

export class Server {
  /**
   * With `library` a copy of that data folder, with `shelf` so many songs of one sound, else an empty one; `enrolled`
   * maps names to their pictures.
   */
  static async start({ library = null, shelf = 0, enrolled = {} } = {}) {
    const data = mkdtempSync(join(tmpdir(), "harmonic-browser-"));
    if (library !== null) cpSync(library, data, { recursive: true });
    if (shelf > 0) fill_shelf(data, shelf, tone(join(data, "tone.ogg")));
    for (const [name, pictures] of Object.entries(enrolled)) {
      const done = spawnSync(binary, ["who", "--enrol", name, ...pictures, "--data", data], { encoding: "utf8" });
      if (done.status !== 0) throw new Error(`harmonic who --enrol ended with ${done.status}: ${done.stderr}`);
    }
    const server = new Server(data, await free_port(), Object.keys(enrolled).length > 0 ? ["--who"] : []);
    await server.resume();
    return server;
  }

  constructor(data, port, options = []) {
    this.data = data;
    this.options = options;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.process = null;
    this.said = "";
  }

  /** Starts the program, again on the same port and data. */
  async resume() {
    const started = spawn(binary, ["serve", "--no-browser", "--port", String(this.port), "--data", this.data, ...this.options], { stdio: ["ignore", "pipe", "pipe"] });
    this.process = started;
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (text) => { this.said += text; });
    const last = Date.now() + kStart_ms;
    while (!(await answers(this.url))) {
      if (started.exitCode !== null) throw new Error(`harmonic serve ended with ${started.exitCode}: ${this.said}`);
      if (Date.now() > last) throw new Error(`harmonic serve did not answer in ${kStart_ms} ms: ${this.said}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  async pause(signal = "SIGTERM") {
    const running = this.process;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((done) => running.once("exit", done));
    running.kill(signal);
    const too_long = setTimeout(() => running.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(too_long);
  }

  async stop() {
    await this.pause();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Processor time that the program has used (Linux, 100 ticks a second). */
  cpu_seconds() {
    const [user, system] = readFileSync(`/proc/${this.process.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13);
    return (Number(user) + Number(system)) / 100;
  }

  async get(path) {
    const answer = await fetch(this.url + path);
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
    return answer.json();
  }
}
