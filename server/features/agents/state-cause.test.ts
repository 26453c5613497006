import assert from "node:assert/strict";
import { test } from "node:test";
import { callStates } from "../../../shared/calls.ts";
import { agentStates } from "../../../shared/desk.ts";
import { type AgentCore, agentStep, signedOut } from "./agent-machine.ts";
import { type AgentFacts, remedyOf } from "./state-cause.ts";

const lines = ["up", "being-called", "none"] as const;
const calls: AgentFacts["call"][] = [
  null,
  ...[...callStates, "placing" as const, "closing" as const].flatMap((state) =>
    [true, false].flatMap((isOwner) => [true, false].map((isParty) => ({ state, isOwner, isParty }))),
  ),
];
const cores: AgentCore[] = agentStates.flatMap((state) =>
  (["ready", "paused"] as const).flatMap((resume) =>
    [true, false].map((legUp) => ({ ...signedOut, state, resume, legUp, callId: "c" })),
  ),
);
/** States that the machine itself never has with the line down, or up. */
const impossible = ({ state, legUp }: AgentCore) =>
  state === "signed-out" || (["paused", "ready", "preview"].includes(state) && !legUp);

test("every pair of state and facts: one remedy at a time leads to a state with its cause, or there is nothing to do", () => {
  let looked = 0;
  for (const start of cores)
    for (const line of lines)
      for (const holdsRecord of [true, false])
        for (const call of calls) {
          if (impossible(start)) continue;
          looked++;
          let agent = start;
          for (let step = 0; ; step++) {
            const remedy = remedyOf(agent, { line, holdsRecord, call });
            if (!remedy) break;
            assert.ok(step < 3, `${JSON.stringify({ start, line, holdsRecord, call })} never settles`);
            const next = agentStep(agent, remedy.event);
            assert.ok("agent" in next, `${remedy.why} is refused in ${agent.state}`);
            agent = next.agent;
            // From here on it is being called.
            if (next.effects.includes("want-leg")) break;
          }
        }
  assert.ok(looked > 1_000);
});

const facts = (change: Partial<AgentFacts>): AgentFacts => ({
  line: "up",
  holdsRecord: false,
  call: null,
  ...change,
});
const mine = (state: NonNullable<AgentFacts["call"]>["state"], isParty = true): AgentFacts["call"] => ({
  state,
  isOwner: true,
  isParty,
});

const why = (state: AgentCore["state"], change: Partial<AgentFacts>, legUp = true) => {
  const agent = { ...signedOut, state, legUp, callId: "c" };
  return remedyOf(agent, facts(change))?.why ?? "stands";
};

test("what stands for each state", () => {
  assert.deepEqual(
    [
      why("connecting", { line: "being-called" }, false),
      why("connecting", { line: "none" }, false),
      why("connecting", {}, false),
      why("ready", {}),
      why("paused", { line: "being-called" }),
      why("preview", { holdsRecord: true }),
      why("preview", {}),
      why("ringing", { call: mine("placing") }),
      why("ringing", { call: mine("ringing") }),
      why("ringing", { call: mine("talking") }),
      why("ringing", { call: { state: "ringing", isOwner: false, isParty: false } }),
      why("ringing", {}),
      why("talking", { call: mine("talking") }),
      why("talking", { call: mine("talking", false) }),
      why("talking", { call: mine("talking"), line: "none" }, false),
      why("talking", { call: mine("wrap-up") }),
      why("wrap-up", { call: mine("wrap-up") }),
      why("wrap-up", { call: mine("closing") }),
      why("wrap-up", { call: mine("closed") }),
      why("wrap-up", {}),
    ],
    [
      "stands",
      "line-not-called",
      "line-is-up",
      "stands",
      "line-gone",
      "stands",
      "record-not-held",
      "stands",
      "stands",
      "call-answered",
      "not-in-call",
      "call-gone",
      "stands",
      "not-in-call",
      "line-not-called",
      "call-over",
      "stands",
      "stands",
      "call-over",
      "call-gone",
    ],
  );
});
