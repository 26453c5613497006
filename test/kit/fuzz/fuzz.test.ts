import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "./fuzz.ts";
import { mediaTargets } from "./media-targets.ts";
import { textMutator } from "./mutate.ts";
import { sipTargets } from "./sip-targets.ts";

test("the fuzzer finds a planted fault, makes it small, and the same seed finds it again", () => {
  const planted = {
    name: "planted",
    seeds: [Buffer.from("GET /index\r\nHost: here\r\n".repeat(4))],
    mutate: textMutator(["<", ">", "%"]),
    take: (input: Buffer) => {
      if (/<[^>]*%/s.test(input.toString("latin1"))) throw new Error("planted");
    },
  };
  const found = fuzz(planted, { seed: 1, mutations: 20_000, maxFailures: 1 });
  assert.equal(Buffer.from(found.failures[0]!.hex, "hex").toString(), "<%");
  const again = fuzz(planted, { seed: 1, mutations: 20_000, maxFailures: 1 });
  assert.equal(again.failures[0]?.mutation, found.failures[0]!.mutation);
  const slow = {
    ...planted,
    seeds: [Buffer.from("a b")],
    take: (input: Buffer) => spin(input.includes("<") ? 20 : 0),
  };
  const [late] = fuzz(slow, { seed: 1, mutations: 1000, maxMs: 5, maxFailures: 1 }).failures;
  assert.match(late!.error, /processor time/);
});

function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

for (const target of [...sipTargets, ...mediaTargets()])
  test(`${target.name}: 10,000 mutations break no promise`, () => {
    const { failures, mutations } = fuzz(target, { seed: 4475, mutations: 10_000 });
    assert.deepEqual(failures, []);
    assert.equal(mutations, 10_000);
  });
