// Where things lie: the program under test, the demo music, the shared photographs, and what may be kept
// between runs.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

const from_environment = (name, otherwise) => resolve(repository, process.env[name] ?? otherwise);

export const binary = from_environment("HARMONIC_BINARY", "build/release/harmonic");
export const kept = from_environment("HARMONIC_TEST_DATA", "build/test-data");
export const shared = from_environment("HARMONIC_SHARED", "../shared");
export const screenshots = join(repository, "build", "screenshots");
mkdirSync(kept, { recursive: true });
mkdirSync(screenshots, { recursive: true });

/** The first of `names` on the PATH. */
export function program(...names) {
  for (const name of names) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // not this one
    }
  }
  throw new Error(`None of these programs is installed: ${names.join(", ")}.`);
}

/** The folders of the small demo library: those that hold sound files of the two Debian packages. */
export function demo_music() {
  const given = process.env.HARMONIC_DEMO_MUSIC;
  if (given) return given.split(":").filter((folder) => folder !== "");
  const files = ["singularity-music", "amoebax-data"].flatMap((name) => {
    try {
      return execFileSync("dpkg", ["-L", name], { encoding: "utf8" }).split("\n");
    } catch {
      return [];
    }
  });
  const folders = new Set(files.filter((file) => file.endsWith(".ogg")).map(dirname));
  // A folder is scanned with all below it: keep the topmost ones.
  return [...folders].filter((folder) => ![...folders].some((other) => folder.startsWith(`${other}/`)));
}

export function need(path, what) {
  if (!existsSync(path)) throw new Error(`${what} is missing: ${path}`);
  return path;
}
