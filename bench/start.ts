import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { flags, percentile, printTable, report } from "./lib.ts";

/**
 * From `npm start` to the first page served. `firstMs`: an empty data folder, and with `--fresh` a fresh
 * clone too, dependencies and web build included. `warmMs`: the median of `--starts` later ones.
 */
const options = flags({ fresh: false, starts: 5 });
const repository = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "waihu-bench-"));
const home = options.fresh ? join(folder, "clone") : repository;
const env = {
  ...process.env,
  WAIHU_DATA: join(folder, "data"),
  WAIHU_PORT: "0",
  WAIHU_SIP_PORT: "0",
  WAIHU_LOG_LEVEL: "error",
};

async function page(url: string): Promise<boolean> {
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  return answer.ok && (await answer.text()).includes("<html");
}

async function measureStart(): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(home, "tools/start.mjs")], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ready = Promise.withResolvers<string>();
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const [, url] = /Waihu is ready: (\S+)/.exec((told += text)) ?? [];
    if (url) ready.resolve(url);
  });
  child.once("exit", () => ready.reject(new Error("The server did not start.")));
  if (!(await page(await ready.promise))) throw new Error("The server serves no page.");
  const ms = performance.now() - started;
  const exited = once(child, "exit");
  child.kill("SIGINT");
  await exited;
  return ms;
}

try {
  if (options.fresh) execFileSync("git", ["clone", "--quiet", repository, home]);
  const firstMs = await measureStart();
  const warm: number[] = [];
  for (let i = 0; i < options.starts; i++) warm.push(await measureStart());
  printTable([
    { start: options.fresh ? "first, fresh clone" : "first, empty data folder", ms: Math.round(firstMs) },
    ...warm.map((ms, i) => ({ start: `warm ${i + 1}`, ms: Math.round(ms) })),
  ]);
  report("start", { firstMs, warmMs: percentile(warm, 0.5) });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
