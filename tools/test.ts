import { spawnSync } from "node:child_process";
import { run } from "node:test";
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

async function runRing(ring: Ring): Promise<Counts> {
  console.log(`\n${ring.name}: ${ring.files.length} files`);
  const problem = installPackages(ring.needs);
  if (problem) {
    console.error(problem);
    return { passed: 0, failed: 1 };
  }
  const counts: Counts = { passed: 0, failed: 0 };
  const tests = run({ files: ring.files, concurrency: ring.concurrency, timeout: 300_000 });
  tests.on("test:pass", (event) => {
    if (event.details.type !== "suite") counts.passed++;
  });
  tests.on("test:fail", (event) => {
    if (event.details.type !== "suite") counts.failed++;
  });
  await pipeline(tests, new spec(), process.stdout, { end: false });
  return counts;
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
  for (const ring of toRun) add(await runRing(ring));
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

process.exit(
  await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }),
);
