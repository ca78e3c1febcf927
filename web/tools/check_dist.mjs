// Proves that web/dist belongs to the sources beside it. The build writes digests into dist/sources.json
// (`--write`); the check makes them again from what lies here. Node 18 and newer.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(web, "dist");
const record = join(dist, "sources.json");
const kSources = ["index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "src", "public"];

function files_under(path) {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const full = join(path, entry.name);
    return entry.isDirectory() ? files_under(full) : [full];
  });
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** One digest over the names and contents of files, in the order of their names. */
function digest_of(paths) {
  const lines = paths.map((path) => `${relative(web, path).split(sep).join("/")} ${sha256(readFileSync(path))}\n`);
  return sha256(lines.sort().join(""));
}

function digests() {
  const sources = kSources.flatMap((name) => {
    const path = join(web, name);
    return name === "src" || name === "public" ? files_under(path) : [path];
  });
  const built = files_under(dist).filter((path) => path !== record);
  return { sources: digest_of(sources), built: digest_of(built) };
}

function complain(what) {
  console.error(`${what} Run \`npm ci && npm run build\` in web/ (Node 20.19 or newer) and commit web/dist.`);
  process.exit(1);
}

if (!existsSync(join(dist, "index.html"))) complain("web/dist holds no page.");
const now = digests();
if (process.argv.includes("--write")) {
  writeFileSync(record, `${JSON.stringify(now, null, 2)}\n`);
} else {
  if (!existsSync(record)) complain("web/dist does not say which sources it was built from.");
  const then = JSON.parse(readFileSync(record, "utf8"));
  if (then.sources !== now.sources) complain("web/dist was built from other sources than those in web/.");
  if (then.built !== now.built) complain("Files in web/dist were changed after the build.");
  console.log(`web/dist belongs to its sources (${now.sources.slice(0, 12)}).`);
}
