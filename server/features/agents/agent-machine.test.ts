import assert from "node:assert/strict";
import { test } from "node:test";
import { agentStates } from "../../../shared/desk.ts";
import { type AgentCore, type AgentEvent, agentStep, signedOut } from "./agent-machine.ts";

/** Runs a story; a refusal fails it. */
function after(...events: AgentEvent[]): AgentCore {
  return events.reduce<AgentCore>((agent, event) => {
    const next = agentStep(agent, event);
    assert.ok("agent" in next, `${event.type} refused in ${agent.state}: ${JSON.stringify(next)}`);
    return next.agent;
  }, signedOut);
}
const signIn: AgentEvent[] = [{ type: "sign-in" }, { type: "leg-up" }];
const toReady: AgentEvent[] = [...signIn, { type: "ready" }];
const onCall: AgentEvent[] = [...toReady, { type: "assign", callId: "c" }];

test("a shift: sign in, ready, a customer, wrap-up, ready again", () => {
  assert.equal(after(...signIn).state, "paused");
  assert.equal(after(...onCall).state, "talking");
  const wrap = after(...onCall, { type: "call-ended", callId: "c", wrapUp: true });
  assert.deepEqual([wrap.state, wrap.callId], ["wrap-up", "c"]);
  const done = after(
    ...onCall,
    { type: "call-ended", callId: "c", wrapUp: true },
    { type: "wrap-up-over", callId: "c" },
  );
  assert.deepEqual([done.state, done.callId], ["ready", null]);
});

test("a pause asked for during a call comes after it, and can be taken back", () => {
  const end: AgentEvent[] = [{ type: "call-ended", callId: "c", wrapUp: false }];
  const paused = after(...onCall, { type: "pause", reasonId: 7 }, ...end);
  assert.deepEqual([paused.state, paused.pauseReasonId, paused.next], ["paused", 7, null]);
  assert.equal(after(...onCall, { type: "pause", reasonId: 7 }, { type: "ready" }, ...end).state, "ready");
  assert.equal(after(...onCall, { type: "sign-out" }, ...end).state, "signed-out");
});

test("a reload while ready comes back ready; during a call the call goes on", () => {
  assert.equal(after(...toReady, { type: "leg-down" }).state, "connecting");
  assert.equal(after(...toReady, { type: "leg-down" }, { type: "leg-up" }).state, "ready");
  const lost = after(...onCall, { type: "leg-down" });
  assert.deepEqual([lost.state, lost.legUp], ["talking", false]);
  const ended = after(...onCall, { type: "leg-down" }, { type: "call-ended", callId: "c", wrapUp: false });
  assert.equal(ended.state, "connecting");
});

test("a manual dial from a pause goes back to the pause when nobody answers", () => {
  const failed = after(
    ...signIn,
    { type: "pause", reasonId: 2 },
    { type: "dial", callId: "m" },
    { type: "call-failed", callId: "m" },
  );
  assert.deepEqual([failed.state, failed.pauseReasonId], ["paused", 2]);
});

test("a pause goes on after helping a colleague, and of two calls each comes to the front", () => {
  const helping = after(...signIn, { type: "pause", reasonId: 2 }, { type: "join", callId: "a" });
  assert.deepEqual([helping.state, helping.callId], ["talking", "a"]);
  const end: AgentEvent = { type: "call-ended", callId: "a", wrapUp: false };
  const step = agentStep(helping, end);
  assert.ok("agent" in step && step.agent.state === "paused" && step.agent.pauseReasonId === 2);
  const second = after(...onCall, { type: "switch", callId: "d" });
  assert.deepEqual([second.state, second.callId], ["talking", "d"]);
  assert.ok("refused" in agentStep(second, { type: "call-ended", callId: "c", wrapUp: true }));
});

test("total: every event in every state is a step or a refusal, and never invents a call", () => {
  const events: AgentEvent[] = [
    ...(["sign-in", "sign-out", "leg-up", "leg-down", "ready", "offer", "withdraw"] as const).map((type) => ({
      type,
    })),
    { type: "pause", reasonId: 1 },
    ...(["dial", "assign", "join", "connected", "call-failed", "wrap-up-over"] as const).map((type) => ({
      type,
      callId: "other",
    })),
    { type: "call-ended", callId: "other", wrapUp: true },
  ];
  for (const state of agentStates) {
    for (const event of events) {
      const busy = state === "talking" || state === "ringing" || state === "wrap-up";
      const before: AgentCore = { ...signedOut, state, legUp: true, callId: busy ? "mine" : null };
      const next = agentStep(before, event);
      if ("refused" in next) continue;
      if (busy) assert.ok(next.agent.callId === "mine", `${event.type} in ${state} lost the call`);
      if (!busy && next.agent.callId)
        assert.ok(event.type === "dial" || event.type === "assign" || event.type === "join");
    }
  }
});
