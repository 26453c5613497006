import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const server = join(import.meta.dirname, "../..");

test("nothing but the door and the agents' own legs asks the switch for a call", () => {
  const callers = readdirSync(server, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("switch/"))
    .filter((path) => /\boriginate\s*\(\s*\{/.test(readFileSync(join(server, path), "utf8")));
  assert.deepEqual(callers.sort(), ["features/calls/agent-legs.ts", "features/calls/place-call.ts"]);
  const agentLegs = readFileSync(join(server, "features/calls/agent-legs.ts"), "utf8");
  assert.ok(!agentLegs.includes('kind: "trunk"'), "an agent's leg goes to a registered endpoint only");
});
