import assert from "node:assert/strict";
import { SrtpContext } from "../../../server/media/srtp-context.ts";
import { srtpSuites } from "../../../server/media/srtp-keys.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { binaryMutator } from "./mutate.ts";

const master = (suite: (typeof srtpSuites)[number]) => Buffer.alloc(suite.keyBytes + suite.saltBytes, 7);

/**
 * Sealed packets of every suite, mutated: whatever opens was sealed so, and opens once. Inputs are copied, because
 * opening may work in place.
 */
export function srtpTarget(packets: readonly Buffer[]): FuzzTarget {
  const contexts = srtpSuites.map((suite) => new SrtpContext(suite, master(suite)));
  const seeds = srtpSuites.flatMap((suite) => {
    const sender = new SrtpContext(suite, master(suite));
    return packets.flatMap((packet) => {
      const sealed = sender.protectRtp(Buffer.from(packet));
      return sealed ? [Buffer.from(sealed)] : [];
    });
  });
  const authentic = new Set(seeds.map((seed) => seed.toString("latin1")));
  return {
    name: "srtp",
    seeds,
    mutate: binaryMutator,
    take(input) {
      for (const context of contexts) {
        const opened = context.unprotectRtp(Buffer.from(input));
        if (opened === undefined) continue;
        assert.ok(authentic.has(input.toString("latin1")), "a changed packet was taken for authentic");
        assert.equal(context.unprotectRtp(Buffer.from(input)), undefined, "the same packet was taken twice");
      }
      for (const context of contexts) context.unprotectRtcp(Buffer.from(input));
    },
  };
}
