import assert from "node:assert/strict";
import { test } from "node:test";
import { callStates } from "../../../shared/calls.ts";
import type { CallCore, CallEvent, CallStep } from "./call-core.ts";
import { callStep } from "./call-machine.ts";

const planned: CallCore = {
  state: "planned",
  origin: "ratio",
  agentUserId: null,
  wrapUp: true,
  message: false,
  heard: false,
  queue: false,
  outcome: null,
  abandoned: false,
  endedBy: null,
  talked: false,
  asked: false,
  written: false,
};
type Moved = Extract<CallStep, { call: CallCore }>;

/** Tells a story; returns every move, and fails on a refusal. */
function story(start: CallCore, ...events: CallEvent[]): Moved[] {
  let call = start;
  return events.map((event) => {
    const next = callStep(call, event);
    assert.ok("call" in next, `${event.type} in ${call.state}: ${JSON.stringify(next)}`);
    call = next.call;
    return next;
  });
}
const last = (moves: Moved[]) => moves.at(-1)!;
const effectsOf = (move: Moved) =>
  move.effects.map((e) => (e.type === "agent" ? `agent ${e.event}` : e.type));
const partyHungUp: CallEvent = { type: "leg-ended", cause: "normal", by: "party", sipStatus: 200 };
const toWaiting: CallEvent[] = [{ type: "allowed" }, { type: "ringing" }, { type: "answered" }];
const toTalking: CallEvent[] = [...toWaiting, { type: "agent-chosen", userId: 4 }, { type: "joined" }];

test("a ratio call from plan to summary", () => {
  const moves = story(planned, ...toTalking, partyHungUp, { type: "summary" });
  assert.deepEqual(
    moves.map((m) => m.call.state),
    ["dialling", "ringing", "waiting", "connecting", "talking", "wrap-up", "closed"],
  );
  assert.deepEqual(moves.map(effectsOf), [
    ["originate"],
    [],
    ["route"],
    ["join"],
    ["agent connected"],
    ["agent call-ended", "start-wrap-up"],
    ["agent wrap-up-over", "finish"],
  ]);
  assert.deepEqual([last(moves).call.outcome, last(moves).call.endedBy], ["connected", "customer"]);
});

test("who is asked after the talk stays on the line until both the questions and the summary are over", () => {
  const asked: CallEvent[] = [...toTalking, { type: "to-survey" }];
  const ways: [CallCore, CallEvent[], string[][]][] = [
    [
      planned,
      [{ type: "summary" }, { type: "survey-over" }],
      [["agent wrap-up-over"], ["hang-up-leg", "finish"]],
    ],
    [
      planned,
      [{ type: "survey-over" }, { type: "wrap-limit" }],
      [["hang-up-leg"], ["agent wrap-up-over", "finish"]],
    ],
    [{ ...planned, wrapUp: false }, [{ type: "survey-over" }], [["hang-up-leg", "finish"]]],
  ];
  for (const [start, events, effects] of ways) {
    const moves = story(start, ...asked, ...events);
    assert.deepEqual(moves.slice(asked.length).map(effectsOf), effects);
    assert.deepEqual([last(moves).call.state, last(moves).call.outcome], ["closed", "connected"]);
  }
  const crashed = last(story(planned, ...asked, { type: "crashed", cause: "x" }));
  assert.ok(effectsOf(crashed).includes("hang-up-leg"), "nobody stays on the line");
});

test("who keeps the place is given to nobody any more, and is not abandoned", () => {
  const kept = last(story(planned, ...toWaiting, { type: "place-kept" })).call;
  assert.ok("refused" in callStep(kept, { type: "agent-chosen", userId: 4 }));
  assert.ok("noted" in callStep(kept, { type: "no-agent" }));
  assert.deepEqual(last(story(kept, partyHungUp)).call.outcome, "place-kept");
});

test("who talked and waits for the next agent stays connected, is nobody's abandoned call, and is told goodbye", () => {
  const again: CallEvent[] = [...toTalking, { type: "queued" }];
  const queued = last(story(planned, ...again));
  assert.deepEqual(
    [queued.call.state, queued.call.agentUserId, effectsOf(queued)],
    ["waiting", null, ["route"]],
  );
  const left = last(story(planned, ...again, partyHungUp));
  assert.deepEqual(
    [left.call.state, left.call.outcome, effectsOf(left)],
    ["closed", "connected", ["finish"]],
  );
  const taken = last(story(planned, ...again, { type: "agent-chosen", userId: 9 }, { type: "joined" }));
  assert.deepEqual([taken.call.state, taken.call.agentUserId, taken.patch.marks], ["talking", 9, undefined]);
  const nobody = last(story(planned, ...again, { type: "no-agent" }));
  assert.deepEqual([nobody.call.abandoned, effectsOf(nobody)], [false, ["apologise"]]);
});

test("a talk is handed on to another agent, and a call placed for a transfer is bridged", () => {
  const handed = last(story(planned, ...toTalking, { type: "handed-on", userId: 9 }));
  assert.deepEqual(
    [handed.call.state, handed.call.agentUserId, handed.patch],
    ["talking", 9, { agentUserId: 9 }],
  );
  const bridged = last(story({ ...planned, wrapUp: false }, ...toWaiting, { type: "bridged" }));
  assert.deepEqual([bridged.call.state, bridged.call.agentUserId], ["talking", null]);
  const over = callStep(bridged.call, partyHungUp);
  assert.ok("call" in over && over.call.state === "closed" && over.call.outcome === "connected");
  assert.ok("refused" in callStep(planned, { type: "handed-on", userId: 9 }));
  assert.ok("refused" in callStep(handed.call, { type: "bridged" }));
});

test("busy closes the call with the lead's next step, and lets a previewing agent go", () => {
  const busy: CallEvent = { type: "leg-ended", cause: "busy", by: "party", sipStatus: 486 };
  const ratio = last(story(planned, { type: "allowed" }, busy));
  assert.deepEqual([ratio.call.outcome, effectsOf(ratio)], ["busy", ["finish"]]);
  const preview = last(
    story({ ...planned, origin: "preview", agentUserId: 4 }, { type: "allowed" }, { type: "ringing" }, busy),
  );
  assert.deepEqual(effectsOf(preview), ["agent call-failed", "finish"]);
});

test("nobody free in time: the person hears it, and the call counts as abandoned whoever hangs up", () => {
  const moves = story(planned, ...toWaiting, { type: "no-agent" }, partyHungUp);
  assert.deepEqual(effectsOf(moves[3]!), ["apologise"]);
  assert.deepEqual([last(moves).call.outcome, last(moves).patch.endedBy], ["abandoned", "system"]);
  assert.ok("refused" in callStep(moves[3]!.call, { type: "agent-chosen", userId: 4 }));
});

test("a queue for those whom nobody took in time: they count as abandoned, and may still meet an agent", () => {
  const queue = { ...planned, queue: true };
  const waits = story(queue, ...toWaiting, { type: "no-agent" });
  assert.deepEqual([effectsOf(last(waits)), last(waits).patch.abandoned], [["queue"], true]);
  const met = story(last(waits).call, { type: "agent-chosen", userId: 4 }, { type: "joined" });
  assert.deepEqual([last(met).call.state, last(met).call.abandoned], ["talking", true]);
  const told = last(story(last(waits).call, { type: "no-agent" }));
  assert.deepEqual(effectsOf(told), ["apologise"]);
  assert.ok("refused" in callStep(told.call, { type: "agent-chosen", userId: 4 }));
  assert.equal(last(story(told.call, partyHungUp)).call.outcome, "abandoned");
  assert.equal(last(story(last(waits).call, partyHungUp)).call.outcome, "abandoned");
});

test("agentless: a message, an agent who is asked for, and the message again when none comes", () => {
  const agentless: CallCore = { ...planned, origin: "agentless", message: true };
  const [message] = story(agentless, ...toWaiting).slice(-1);
  assert.deepEqual([message!.call.state, effectsOf(message!)], ["message", ["message"]]);
  assert.equal(last(story(message!.call, partyHungUp)).call.outcome, "message-cut");
  const back = last(story(message!.call, { type: "heard" }, { type: "to-agent" }, { type: "no-agent" }));
  assert.deepEqual(
    [back.call.state, back.call.abandoned, back.effects],
    ["message", false, [{ type: "message", event: "no-agent" }]],
  );
  assert.equal(last(story(back.call, partyHungUp)).call.outcome, "message-heard");
  const talk: CallEvent[] = [{ type: "to-agent" }, { type: "agent-chosen", userId: 4 }, { type: "joined" }];
  assert.equal(last(story(message!.call, ...talk, partyHungUp)).call.outcome, "connected");
  assert.equal(last(story(message!.call, { type: "to-agent" }, partyHungUp)).call.outcome, "customer-left");
});

test("a caller leaves a message: from waiting it is heard or cut, after a talk the call was connected", () => {
  const voicemail: CallEvent = { type: "to-voicemail", userId: 7 };
  const waits = last(story(planned, ...toWaiting)).call;
  const notice = last(story(waits, voicemail));
  assert.deepEqual(
    [notice.call.state, notice.call.agentUserId, effectsOf(notice)],
    ["message", 7, ["voicemail"]],
  );
  assert.equal(last(story(notice.call, partyHungUp)).call.outcome, "message-cut");
  assert.equal(last(story(notice.call, { type: "heard" }, partyHungUp)).call.outcome, "message-heard");
  const talk: CallEvent[] = [{ type: "agent-chosen", userId: 4 }, { type: "joined" }];
  assert.equal(last(story(waits, ...talk, voicemail, partyHungUp)).call.outcome, "connected");
});

test("a person who leaves before an agent came was not abandoned by us", () => {
  assert.equal(last(story(planned, ...toWaiting, partyHungUp)).call.outcome, "customer-left");
});

test("the agent's hang-up ends the talk at once; the leg's end, and a BYE crossing it, are noted", () => {
  const moves = story(planned, ...toTalking, { type: "hang-up", by: "agent", cause: "normal" });
  assert.deepEqual(effectsOf(last(moves)), ["hang-up-leg", "agent call-ended", "start-wrap-up"]);
  assert.deepEqual(callStep(last(moves).call, partyHungUp), { noted: "leg-ended" });
});

test("an answer that crosses our cancel does not connect", () => {
  const moves = story(
    planned,
    { type: "allowed" },
    { type: "ringing" },
    { type: "hang-up", by: "system", cause: "cancelled" },
  );
  assert.deepEqual(callStep(last(moves).call, { type: "answered" }), { noted: "answered" });
});

test("the agent's leg is lost while connecting: the person is let go and it is our fault", () => {
  const gone: CallEvent = { type: "leg-ended", cause: "error", by: "us" };
  const moves = story(
    planned,
    ...toWaiting,
    { type: "agent-chosen", userId: 4 },
    { type: "agent-lost" },
    gone,
  );
  assert.deepEqual([last(moves).call.outcome, last(moves).call.endedBy], ["agent-lost", "system"]);
});

test("the agent's leg is lost in a talk: the person is told, the talk keeps its summary and its cause", () => {
  const gone: CallEvent = { type: "leg-ended", cause: "media-lost", by: "us" };
  const talking: CallCore = { ...planned, state: "talking", agentUserId: 4 };
  const [told, ended] = story(talking, { type: "agent-lost" }, gone);
  assert.deepEqual(effectsOf(told!), ["apologise"]);
  assert.deepEqual([ended!.call.state, ended!.call.outcome], ["wrap-up", "connected"]);
  assert.deepEqual([ended!.patch.cause, ended!.call.endedBy], ["media-lost", "system"]);
  assert.deepEqual(callStep(told!.call, { type: "agent-lost" }), { noted: "agent-lost" });
});

test("given up while it rings: the answer that crosses it counts, and a call for one agent is never given up", () => {
  const ringing: CallCore = { ...planned, agentUserId: null, state: "ringing" };
  const gone: CallEvent = { type: "leg-ended", cause: "given-up", by: "us" };
  const [asked, ended] = story(ringing, { type: "give-up" }, gone);
  assert.deepEqual(effectsOf(asked!), ["withdraw-leg"]);
  assert.deepEqual([ended!.call.outcome, ended!.call.endedBy], ["given-up", "system"]);
  const answered = last(story(ringing, { type: "give-up" }, { type: "answered" }));
  assert.equal(answered.call.state, "waiting");
  assert.deepEqual(callStep({ ...ringing, agentUserId: 1 }, { type: "give-up" }), { noted: "give-up" });
});

test("total: no event throws; closed is final; every open state has a way to closed", () => {
  const events: CallEvent[] = [
    { type: "agent-chosen", userId: 1 },
    { type: "to-voicemail", userId: 1 },
    { type: "hang-up", by: "agent", cause: "normal" },
    partyHungUp,
    { type: "taken-back", outcome: "machine" },
    { type: "crashed", cause: "restart" },
    ...(
      [
        "allowed",
        "refused",
        "incoming",
        "ringing",
        "answered",
        "no-agent",
        "heard",
        "to-agent",
        "joined",
        "agent-lost",
        "summary",
        "wrap-limit",
        "place-kept",
        "to-survey",
        "survey-over",
        "give-up",
      ] as const
    ).map((type) => ({ type })),
  ];
  for (const state of callStates) {
    const talked = state === "wrap-up" || state === "closed";
    const call: CallCore = { ...planned, state, agentUserId: 1, outcome: talked ? "connected" : null };
    for (const event of events) {
      const next = callStep(call, event);
      if (state === "closed") assert.ok(!("call" in next), `${event.type} moved a closed call`);
      if ("call" in next && next.call.state === "closed") {
        assert.ok(next.call.outcome, `${event.type} in ${state} closed without outcome`);
        assert.ok(effectsOf(next).includes("finish"));
      }
    }
    if (state !== "closed")
      assert.equal(last(story(call, { type: "crashed", cause: "x" })).call.state, "closed");
  }
});

test("no person there: hung up on, or an agent takes it all the same; an agent's word ends a talk as that", () => {
  const heard: CallEvent = { type: "no-person", outcome: "machine", hangUp: false };
  const dismissed = story(planned, ...toWaiting, heard, { ...heard, hangUp: true }, partyHungUp);
  assert.deepEqual(effectsOf(dismissed.at(-2)!), ["hang-up-leg"]);
  assert.deepEqual([last(dismissed).call.outcome, last(dismissed).call.endedBy], ["machine", "system"]);
  const left = last(story(planned, ...toWaiting, heard, partyHungUp));
  assert.deepEqual([left.call.outcome, left.call.endedBy], ["machine", "customer"]);

  const chosen: CallEvent[] = [{ type: "agent-chosen", userId: 4 }, { type: "joined" }];
  const talked = last(story(planned, ...toWaiting, heard, ...chosen, partyHungUp));
  assert.equal(talked.call.outcome, "connected");
  const said = last(story(planned, ...toWaiting, ...chosen, { type: "agent-says", outcome: "screener" }));
  assert.deepEqual([said.call.state, said.call.outcome], ["closed", "screener"]);
  assert.deepEqual(effectsOf(said), ["hang-up-leg", "agent call-ended", "finish"]);

  const abandoned = last(story(planned, ...toWaiting, { type: "no-agent" })).call;
  assert.ok("refused" in callStep(abandoned, heard));
});

test("a machine is taken back from its agent and stays a machine; whom an agent really met is not", () => {
  const taken: CallEvent[] = [...toTalking, { type: "taken-back", outcome: "machine" }];
  const { call } = last(story(planned, ...taken));
  assert.deepEqual([call.state, call.agentUserId, call.abandoned], ["waiting", null, false]);
  const over = last(story(planned, ...taken, partyHungUp));
  assert.deepEqual([over.call.state, over.call.outcome], ["closed", "machine"]);
  const again = story(planned, ...toTalking, { type: "queued" }, { type: "agent-chosen", userId: 5 });
  const met = story(last(again).call, { type: "joined" });
  assert.ok("refused" in callStep(last(met).call, { type: "taken-back", outcome: "machine" }));
});
