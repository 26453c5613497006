import { spawnSync } from "node:child_process";
import { run } from "node:test";
import { relative } from "node:path";
import { spec } from "node:test/reporters";
import { pipeline } from "node:stream/promises";
import { startTestServer } from "../test/kit/database.ts";
import { installPackages } from "./packages.ts";
import { findRings, type Ring, selectRings } from "./rings.ts";

interface Counts {
  passed: number;
  failed: number;
}

/** Format, lint, types and dead code. Counts as one test. */
function check(): Counts {
  console.log("check");
  const { status } = spawnSync("npm", ["run", "--silent", "check"], { stdio: "inherit" });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs test files; what each of them counted. */
async function runFiles(files: readonly string[], concurrency: number): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>();
  const of = (file: string) => {
    if (!counts.has(file)) counts.set(file, { passed: 0, failed: 0 });
    return counts.get(file)!;
  };
  const tests = run({ files: [...files], concurrency, timeout: 300_000 });
  tests.on("test:pass", (event) => {
    if (event.details.type !== "suite") of(event.file ?? event.name).passed++;
  });
  tests.on("test:fail", (event) => {
    if (event.details.type !== "suite") of(event.file ?? event.name).failed++;
  });
  await pipeline(tests, new spec(), process.stdout, { end: false });
  return counts;
}

/** More files than this do not fail by the machine. */
const mostLookedAtAgain = 3;

/**
 * Runs a ring. Where real time matters a few files that fail beside others run once more, alone: one that fails again
 * has failed; one that passes is told at the end as unsteady, a defect of the test or the product that waits for its mending.
 */
async function runRing(ring: Ring): Promise<Counts & { unsteady: string[] }> {
  console.log(`\n${ring.name}: ${ring.files.length} files`);
  const problem = installPackages(ring.needs);
  if (problem) {
    console.error(problem);
    return { passed: 0, failed: 1, unsteady: [] };
  }
  const counts = await runFiles(ring.files, ring.concurrency);
  const failed = [...counts].filter(([, count]) => count.failed > 0).map(([file]) => file);
  const unsteady: string[] = [];
  if (ring.realTime && failed.length > 0 && failed.length <= mostLookedAtAgain) {
    console.log(`\n${ring.name}: ${failed.length} once more, alone`);
    const again = await runFiles(failed, 1);
    for (const [file, count] of again) {
      counts.set(file, count);
      if (count.failed === 0) unsteady.push(file);
    }
  }
  const sum = (key: keyof Counts) => [...counts.values()].reduce((total, count) => total + count[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), unsteady };
}

async function main(names: string[]): Promise<number> {
  const total: Counts = { passed: 0, failed: 0 };
  const add = (counts: Counts) => {
    total.passed += counts.passed;
    total.failed += counts.failed;
  };
  if (names.length === 0 || names.includes("check")) add(check());
  const rings = findRings();
  const wanted = names.filter((name) => name !== "check");
  const chosen = names.length > 0 && wanted.length === 0 ? [] : selectRings(rings, wanted);
  const toRun = chosen.filter((ring) => ring.files.length > 0);
  if (toRun.some((ring) => ring.postgres)) process.env["WAIHU_TEST_POSTGRES"] = await startTestServer();
  const unsteady: string[] = [];
  for (const ring of toRun) {
    const counts = await runRing(ring);
    add(counts);
    unsteady.push(...counts.unsteady);
  }
  for (const file of unsteady)
    console.log(`\nunsteady: ${relative(process.cwd(), file)} failed beside others and passed alone`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

process.exit(
  await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }),
);
