import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { features } from "../features.ts";

const root = join(import.meta.dirname, "..");
let house: string;

before(() => {
  house = mkdtempSync(join(tmpdir(), "waihu-walls-"));
  for (const file of ["oxlint.config.ts", "features.ts", "package.json"])
    cpSync(join(root, file), join(house, file));
  symlinkSync(join(root, "node_modules"), join(house, "node_modules"));
});
after(() => rmSync(house, { recursive: true }));

/** Does the linter refuse a file that imports `specifier`? */
function refused(file: string, specifier: string): boolean {
  const path = join(house, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { something } from "${specifier}";\nexport const used = something;\n`);
  const run = spawnSync(process.execPath, [join(root, "node_modules/oxlint/bin/oxlint"), file], {
    cwd: house,
    encoding: "utf8",
  });
  rmSync(path);
  assert.match(run.stdout, /Finished in/, run.stderr);
  return run.stdout.includes("no-restricted-imports");
}

test("a feature may use the face of a feature to its left, and nothing else of the others", () => {
  assert.equal(refused("server/features/lists/a.ts", "../users/index.ts"), false);
  assert.equal(refused("server/features/lists/a.ts", "../users/queries.ts"), true);
  assert.equal(refused("server/features/lists/a.ts", "../calls/index.ts"), true);
});

test("a feature's tests may use the kit, its code may not", () => {
  assert.equal(refused("server/features/lists/a.db.test.ts", "../../../test/kit/database.ts"), false);
  assert.equal(refused("server/features/lists/a.ts", "../../../test/kit/database.ts"), true);
});

test("only calls speaks to the switch, and no feature speaks SIP or RTP", () => {
  assert.equal(refused("server/features/calls/a.ts", "../../switch/switch.ts"), false);
  assert.equal(refused("server/features/dialer/a.ts", "../../switch/switch.ts"), true);
  assert.equal(refused("server/features/calls/a.ts", "../../sip/types.ts"), true);
});

test("sip and media do not know each other, nor what stands above them", () => {
  assert.equal(refused("server/sip/a.ts", "../kernel/clock.ts"), false);
  assert.equal(refused("server/sip/a.ts", "../media/types.ts"), true);
  assert.equal(refused("server/media/a.ts", "../switch/switch.ts"), true);
});

test("the web does not see the server", () => {
  assert.equal(refused("web/lib/a.ts", "../../shared/calls.ts"), false);
  assert.equal(refused("web/lib/a.ts", "../../server/kernel/clock.ts"), true);
});

test("every folder of server/features stands in the order", () => {
  const listed = execFileSync("git", ["ls-files", "server/features"], { cwd: root, encoding: "utf8" });
  const folders = new Set(
    listed
      .split("\n")
      .filter(Boolean)
      .map((path) => path.split("/")[2]!),
  );
  const known: readonly string[] = features;
  assert.deepEqual(
    [...folders].filter((folder) => !known.includes(folder)),
    [],
  );
});
