import assert from "node:assert/strict";
import { test } from "node:test";
import {
  agentParty,
  alone,
  type Conversation,
  customerId,
  findParty,
  outsideParty,
  ownerOf,
  type PartyEffect,
  type PartyEvent,
  partyStep,
} from "./parties.ts";
import { soundOf } from "./parties-sound.ts";

type Untimed<E> = E extends unknown ? Omit<E, "at"> : never;
type Event = Untimed<PartyEvent>;

/** Tells a story from a customer and agent 1; returns how it ends and what the last step asks for. */
function story(...events: Event[]): { now: Conversation; effects: string[] } {
  const first: Event = { type: "bring", kind: { type: "agent", userId: 1 }, role: "owner", state: "here" };
  let now = alone(0);
  let effects: PartyEffect[] = [];
  for (const [at, event] of [first, ...events].entries()) {
    const step = partyStep(now, { ...event, at });
    assert.ok("conversation" in step, `${event.type}: ${JSON.stringify(step)}`);
    ({ conversation: now, effects } = step);
  }
  return { now, effects: effects.map((e) => (e.type === "dismiss" ? `dismiss ${e.party.id}` : e.type)) };
}

const agent = (userId: number, role: "guest" | "supervisor", more: Partial<Event> = {}): Event =>
  ({ type: "bring", kind: { type: "agent", userId }, role, state: "here", ...more }) as Event;
const outside = (callId: string, purpose: "consult" | "conference" | "replace"): Event => ({
  type: "bring",
  kind: { type: "outside", callId },
  role: "guest",
  state: "invited",
  purpose,
});
const listener = (mode: "listen" | "whisper" | "talk") => agent(9, "supervisor", { hearing: mode });
const came = (id: string): Event => ({ type: "came", id });
const gone = (id: string): Event => ({ type: "gone", id });
const expert = outsideParty("x");

/** Who hears whom, in words: `a<b` is that a hears b; `a~` hears music. */
function heard(now: Conversation): string[] {
  const sounds = soundOf(now);
  const lines = sounds.flatMap(({ party, music }) => {
    if (music) return [`${party.id}~`];
    const speakers = sounds.filter((other) => {
      if (other.party === party || other.music) return false;
      return other.role === "talk" || (other.role === "whisper" && other.toId === party.id);
    });
    return speakers.map((other) => `${party.id}<${other.party.id}`);
  });
  return lines.sort();
}

test("a consultation: the customer on music, then complete, swap, merge, cancel", () => {
  const asked = story(outside("x", "consult"));
  assert.deepEqual(heard(asked.now), ["customer~"]);
  const consulting = [outside("x", "consult"), came(expert)];
  assert.deepEqual(heard(story(...consulting).now), ["agent-1<call-x", "call-x<agent-1", "customer~"]);
  assert.deepEqual(heard(story(...consulting, { type: "swap" }).now), [
    "agent-1<customer",
    "call-x~",
    "customer<agent-1",
  ]);
  assert.equal(heard(story(...consulting, { type: "merge" }).now).length, 6);
  const cancelled = story(...consulting, gone(expert));
  assert.deepEqual(heard(cancelled.now), ["agent-1<customer", "customer<agent-1"]);
  assert.deepEqual(cancelled.effects, ["dismiss call-x"]);
  const completed = story(...consulting, gone(agentParty(1)));
  assert.deepEqual(heard(completed.now), ["call-x<customer", "customer<call-x"]);
  assert.deepEqual(completed.effects, ["dismiss agent-1"]);
});

test("who is asked first owns the call when its agent goes, and nobody stays on hold", () => {
  const to = story(agent(2, "guest", { purpose: "consult" }), gone(agentParty(1)));
  assert.equal(ownerOf(to.now)?.id, "agent-2");
  assert.deepEqual(heard(to.now), ["agent-2<customer", "customer<agent-2"]);
  assert.deepEqual(to.effects, ["dismiss agent-1", "owner"]);
});

test("a supervisor listens, whispers to whose call it is, is heard by all, takes over", () => {
  const pair = ["agent-1<customer", "customer<agent-1"];
  const ears = ["agent-9<agent-1", "agent-9<customer"];
  assert.deepEqual(heard(story(listener("listen")).now), [...pair.slice(0, 1), ...ears, ...pair.slice(1)]);
  assert.ok(heard(story(listener("whisper")).now).includes("agent-1<agent-9"));
  assert.ok(!heard(story(listener("whisper")).now).includes("customer<agent-9"));
  assert.equal(heard(story(listener("talk")).now).length, 6);
  const taken = story(listener("listen"), { type: "take-over", id: agentParty(9) });
  assert.deepEqual(heard(taken.now), ["agent-9<customer", "customer<agent-9"]);
  assert.deepEqual(taken.effects, ["dismiss agent-1", "owner"]);
  // A listener alone is no agent: the customer has nobody.
  const left = story(listener("listen"), gone(agentParty(1)));
  assert.deepEqual(left.effects, ["dismiss agent-1", "dismiss agent-9", "empty"]);
  // One who speaks already is.
  assert.equal(ownerOf(story(listener("talk"), gone(agentParty(1))).now)?.id, "agent-9");
});

test("a lost line is music for the customer; a whisper without its agent is heard by nobody", () => {
  const lost = story(agent(9, "supervisor", { hearing: "whisper" }), { type: "away", id: agentParty(1) });
  assert.deepEqual(heard(lost.now), ["customer~"]);
  assert.equal(soundOf(lost.now).find(({ party }) => party.id === "agent-9")?.role, "listen");
});

test("the customer goes: everybody is let go", () => {
  const end = story(agent(2, "guest"), outside("x", "conference"), came(expert), gone(customerId));
  assert.deepEqual(end.effects.sort(), ["dismiss agent-1", "dismiss agent-2", "dismiss call-x"]);
  assert.deepEqual(end.now.parties, []);
});

test("a blind transfer: who comes replaces the agent; a customer with nobody left is told of", () => {
  assert.deepEqual(heard(story(outside("x", "replace"), gone(agentParty(1))).now), ["customer~"]);
  const there = story(outside("x", "replace"), came(expert));
  assert.deepEqual(heard(there.now), ["call-x<customer", "customer<call-x"]);
  assert.deepEqual(story(outside("x", "replace"), gone(agentParty(1)), gone(expert)).effects.at(-1), "empty");
});

test("total, and safe in any story: nobody stays on hold without an owner, nobody twice, never two owners", () => {
  const ids = [customerId, agentParty(1), agentParty(2), agentParty(9), expert];
  const events: Event[] = [
    agent(2, "guest", { purpose: "consult" }),
    agent(1, "guest"),
    agent(9, "supervisor", { hearing: "whisper" }),
    { type: "bring", kind: { type: "agent", userId: 2 }, role: "owner", state: "away" },
    outside("x", "consult"),
    outside("x", "replace"),
    { type: "swap" },
    { type: "merge" },
    { type: "wait" },
    ...ids.flatMap((id): Event[] => [
      came(id),
      gone(id),
      { type: "away", id },
      { type: "hold", id, on: true },
      { type: "hold", id, on: false },
      { type: "mute", id, on: true },
      { type: "hearing", id, hearing: "talk" },
      { type: "take-over", id },
    ]),
  ];
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let run = 0; run < 2_000; run++) {
    let { now } = story();
    for (let at = 0; at < 25; at++) {
      const event = events[next(events.length)]!;
      const step = partyStep(now, { ...event, at });
      if ("refused" in step) continue;
      now = step.conversation;
      const told = now.parties.map(({ id }) => id);
      assert.equal(new Set(told).size, told.length);
      assert.ok(now.parties.filter(({ role }) => role === "owner").length <= 1);
      if (now.consultId !== null) assert.ok(findParty(now, now.consultId), "a consultation with nobody");
      const waits = event.type === "wait" || event.type === "hold" || now.parties.length === 1;
      if (!ownerOf(now) && !waits)
        assert.ok(!now.parties.some((p) => p.state === "held" && p.id !== customerId), JSON.stringify(now));
      if (!findParty(now, customerId)) assert.equal(now.parties.length, 0);
    }
  }
});
