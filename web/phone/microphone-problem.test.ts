import assert from "node:assert/strict";
import { test } from "node:test";
import { asksAutoAnswer } from "./auto-answer.ts";
import { microphoneBarrier, microphoneProblem } from "./microphone-problem.ts";

const of = (name: string) => microphoneProblem(Object.assign(new Error("no"), { name }));

test("each way a browser refuses the microphone has a word of its own", () => {
  assert.equal(of("NotAllowedError"), "refused");
  assert.equal(of("NotFoundError"), "not-found");
  assert.equal(of("NotReadableError"), "in-use");
  assert.equal(of("OverconstrainedError"), "chosen-missing");
  assert.equal(of("TypeError"), "failed");
  assert.equal(microphoneProblem("?"), "failed");
  assert.equal(microphoneBarrier({ secure: false, supported: true }), "insecure-origin");
  assert.equal(microphoneBarrier({ secure: true, supported: false }), "unsupported");
  assert.equal(microphoneBarrier({ secure: true, supported: true }), undefined);
});

test("only an INVITE that asks for it is picked up without a person", () => {
  assert.ok(asksAutoAnswer({ callInfo: "<sip:waihu>;answer-after=0" }));
  assert.ok(asksAutoAnswer({ alertInfo: "<http://waihu>;info=alert-autoanswer" }));
  assert.ok(asksAutoAnswer({ alertInfo: "Auto Answer" }));
  assert.ok(!asksAutoAnswer({ callInfo: "<sip:waihu>;answer-after=5", alertInfo: "Bellcore-dr2" }));
  assert.ok(!asksAutoAnswer({}));
});
