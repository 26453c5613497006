import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const server = join(import.meta.dirname, "../..");

/** Source without comments and texts, by path from `server/`; tests and the switch's own conformance kit left out. */
const sources = new Map(
  globSync("**/*.ts", { cwd: server })
    .filter((path) => !/\.test\.ts$|conformance/.test(path))
    .map((path) => {
      const text = readFileSync(join(server, path), "utf8");
      return [path, text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")] as const;
    }),
);
const holding = (pattern: RegExp) =>
  [...sources].flatMap(([path, text]) => (pattern.test(text) ? [path] : [])).sort();

/**
 * Every file that names the switch's verb, however it is called: by a dot, by brackets, taken apart or passed on.
 * What is new here has to be read: does it go to a trunk, and who asked the gate?
 */
const originators: Record<string, "declares" | "door" | "agent's own leg" | "our own test number"> = {
  "features/calls/agent-legs.ts": "agent's own leg",
  "features/calls/lines.ts": "agent's own leg",
  "features/calls/place-call.ts": "door",
  "features/calls/test-lines.ts": "agent's own leg",
  "switch/canary-call.ts": "our own test number",
  "switch/embedded.ts": "declares",
  "switch/switch.ts": "declares",
  "switch/test-call.ts": "our own test number",
};

test("every path that originates is known: the door, agents' own legs, and test calls that an administrator asks for", () => {
  // `originate` as a name of code, not as the kind of an effect or a word in a text.
  const verb = /(?<!["'`\w-])originate\b(?!["'`])|\[\s*["'`]originate["'`]\s*\]/;
  assert.deepEqual(holding(verb), Object.keys(originators).sort());
  const toTrunks = holding(/kind:\s*"trunk"/).filter((path) => originators[path]);
  assert.deepEqual(
    toTrunks.filter((path) => originators[path] === "agent's own leg"),
    [],
    "an agent's leg goes to a registered endpoint only",
  );
});

test("the door originates in one place, after the gate's answer is committed", () => {
  const door = sources.get("features/calls/place-call.ts")!;
  assert.equal(door.match(/\boriginate\(/g)?.length, 3, "its definition, its one use, and the switch's verb");
  assert.equal(door.match(/\bstart\(/g)?.length, 2, "its definition and its one use");
  const [one] = door.match(/if \(allowed\) start\(plan, verdict\)/) ?? [];
  assert.ok(one !== undefined && door.indexOf("decideCalls(") < door.indexOf(one));
  assert.match(
    sources.get("features/calls/door-verdict.ts")!,
    /const \{ allowed, retryAt \} = row\.decision;/,
    "what may start is what the gate allows",
  );
});

test("no other feature speaks to the switch, and every one that wants a call says where it comes from", () => {
  assert.deepEqual(
    holding(/\.placeCalls\(/),
    [
      "features/desk/manual-dial.ts",
      "features/dialer/callbacks.ts",
      "features/dialer/dialer.ts",
      "features/dialer/previews.ts",
      "features/calls/kept-places.ts",
      "features/calls/outside-party.ts",
      "features/voicemail-menu/call-outs.ts",
    ].sort(),
  );
  const imports = holding(/from "[^"]*\/switch\/[^"]*"/).filter((path) => path.startsWith("features/"));
  assert.deepEqual(
    imports.filter((path) => !path.startsWith("features/calls/")),
    [],
  );
});
