// Compiles the page's logic and its tests with tsc to build/web-test and runs them with Node's own test
// runner. Node 18 and newer; Vite is not needed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(dirname(web), "build", "web-test");
const compiler = join(web, "node_modules", "typescript", "bin", "tsc");

function run(args) {
  const done = spawnSync(process.execPath, args, { cwd: web, stdio: "inherit" });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

if (!existsSync(compiler)) {
  console.error("The TypeScript compiler is missing: run `npm ci` in web/ first.");
  process.exit(5);
}
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "package.json"), '{"type": "module"}\n');
run([compiler, "-p", "tests/tsconfig.json"]);

const tests = readdirSync(join(out, "tests"))
  .filter((name) => name.endsWith(".test.js"))
  .sort()
  .map((name) => join(out, "tests", name));
run(["--test", ...tests]);
