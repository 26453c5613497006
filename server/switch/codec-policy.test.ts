import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointCodecs } from "./codec-policy.ts";
import type { TrunkConfig } from "./switch.ts";

const trunk = (...codecs: TrunkConfig["codecs"]) => ({ enabled: true, codecs }) as TrunkConfig;

test("phones get a wideband codec when a trunk in use prefers it, browsers only Opus", () => {
  assert.deepEqual(endpointCodecs([trunk("PCMA", "G722"), trunk("PCMU")], "rtp"), ["PCMA", "PCMU"]);
  const mixed = [trunk("G722", "PCMA"), trunk("OPUS"), { ...trunk("OPUS"), enabled: false }];
  assert.deepEqual(endpointCodecs(mixed, "rtp"), ["G722", "OPUS", "PCMA", "PCMU"]);
  assert.deepEqual(endpointCodecs(mixed, "webrtc"), ["OPUS", "PCMA", "PCMU"]);
  assert.deepEqual(endpointCodecs([{ ...trunk("G722"), enabled: false }], "rtp"), ["PCMA", "PCMU"]);
});
