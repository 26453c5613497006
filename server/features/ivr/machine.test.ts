import assert from "node:assert/strict";
import { test } from "node:test";
import { exitsOf } from "../../../shared/ivr/blocks.ts";
import { checkFlow } from "../../../shared/ivr/check.ts";
import { ivrStep } from "../../../shared/ivr/machine.ts";
import { currentBlock } from "../../../shared/ivr/path.ts";
import type { IvrEffect, IvrEvent, IvrState } from "../../../shared/ivr/state.ts";
import { at, block, complaint, flow, running, serviceLine, walkOf } from "../../../test/kit/ivr-flows.ts";

const keysOf = (text: string) => text.split("");

/** Feeds events in turn; `said`, `timeout`, `back` of the present turn. */
function feed(state: IvrState, ...events: (IvrEvent | string)[]) {
  const effects: IvrEffect[] = [];
  for (const event of events) {
    const { turn } = state;
    const named = ["said", "timeout", "back", "record-failed", "begin", "taken"];
    const real: IvrEvent =
      typeof event !== "string"
        ? event
        : named.includes(event)
          ? ({ type: event, turn } as IvrEvent)
          : { type: "key", key: event };
    const step = ivrStep(state, real, at);
    if ("noted" in step) continue;
    state = step.state;
    effects.push(...step.effects);
  }
  return {
    state,
    effects,
    path: effects.flatMap((one) => (one.type === "exited" ? [`${one.blockId}.${one.exit}`] : [])),
  };
}

/** Events that take a resting caller out by this exit. */
function waysOut(state: IvrState, exit: string): (IvrEvent | string)[] {
  const here = currentBlock(state)!;
  const tries = "tries" in here ? here.tries : 0;
  switch (here.kind) {
    case "menu":
      if (exit === "timeout")
        return Array.from({ length: tries * 2 }, (_, index) => (index % 2 ? "timeout" : "said"));
      return exit === "invalid" ? Array.from({ length: tries }, () => "#") : [exit];
    case "satisfaction":
      return exit === "rated" ? ["5"] : Array.from({ length: tries }, () => "9");
    case "collect": {
      if (exit === "timeout")
        return Array.from({ length: tries * 2 }, (_, index) => (index % 2 ? "timeout" : "said"));
      if (exit === "invalid") return Array.from({ length: tries }, () => ["1", "timeout"]).flat();
      return [...keysOf(here.check === "identity" ? "11010519491231002*" : "12345"), "#"];
    }
    case "record":
      return ["said", exit === "failed" ? "record-failed" : here.endKey];
    case "queue":
    case "agent":
    case "number":
      return ["back"];
    default:
      return ["said"];
  }
}

test("a service line of 30 blocks: every exit of every block is walked, and leads where it is drawn to", () => {
  const line = serviceLine();
  assert.equal(line.blocks.length, 30);
  assert.deepEqual(checkFlow(line, new Set([2])), []);
  assert.deepEqual(checkFlow(complaint), []);
  const walked = new Set<string>();
  const drawn = new Map(line.blocks.map((one) => [one.id, one.exits]));

  function note(effects: readonly IvrEffect[]): void {
    for (const [index, effect] of effects.entries()) {
      if (effect.type !== "exited" || effect.flowId !== 1) continue;
      walked.add(`${effect.blockId}.${effect.exit}`);
      const next = effects.slice(index + 1).find((one) => one.type === "entered" && one.flowId === 1);
      if (next?.type === "entered")
        assert.equal(
          next.blockId,
          drawn.get(effect.blockId)![effect.exit],
          `${effect.blockId}.${effect.exit}`,
        );
    }
  }
  const tried = new Set<string>();
  function explore(state: IvrState, context: string): void {
    const here = currentBlock(state);
    if (state.phase === "over" || state.phase === "parting" || !here) return;
    const exits = here.kind === "sub-flow" ? ["next"] : exitsOf(here);
    for (const exit of exits) {
      const name = `${context} ${state.frames.length} ${here.id}.${exit}`;
      if (tried.has(name)) continue;
      tried.add(name);
      const after = feed(state, ...waysOut(state, exit));
      note(after.effects);
      explore(after.state, context);
    }
  }
  const callers: [string, Record<string, string>, string][] = [
    ["stranger", {}, "2026-11-18T02:00:00Z"],
    ["customer", { "caller.known": "yes" }, "2026-11-18T02:00:00Z"],
    ["vip", { "caller.name": "Ana" }, "2026-11-18T02:00:00Z"],
  ];
  for (const [context, variables] of callers)
    for (const others of [[running(complaint, 2)], []]) {
      const begun = feed(walkOf(line, variables, at, others), "begin");
      explore(begun.state, `${context} ${others.length}`);
    }
  for (const when of ["2026-11-18T12:00:00Z", "2026-10-01T02:00:00Z"]) {
    let state = walkOf(line, {}, Date.parse(when));
    for (const event of [{ type: "begin" }, { type: "said", turn: 1 }] as const) {
      const step = ivrStep(state, event, Date.parse(when));
      assert.ok("state" in step);
      note(step.effects);
      state = step.state;
    }
    explore(state, when);
  }
  // What is collected decides here.
  const wrongOrder = feed(walkOf(line, {}), "begin", "said", "1", "said", "1", "9", "9", "9", "9", "#");
  note(wrongOrder.effects);
  explore(wrongOrder.state, "wrong order");
  const wanted = line.blocks.flatMap((one) => exitsOf(one).map((exit) => `${one.id}.${exit}`));
  assert.deepEqual([...walked].sort(), wanted.sort());
});

test("keys: in advance, to interrupt, wrong ones, none at all, and digits that stay a secret", () => {
  const line = serviceLine();
  const start = () => walkOf(line, { "caller.known": "yes" }, at);
  // 1 for Chinese, 1 for the order, its number: all of it while the greeting is said.
  const hasty = feed(start(), "begin", "1", "1", "1", "2", "3", "4", "5", "#");
  assert.deepEqual(hasty.path.slice(0, 6), [
    "hello.next",
    "open.open",
    "language.1",
    "chinese.next",
    "known.old",
    "main.1",
  ]);
  assert.equal(hasty.state.phase, "saying");
  assert.equal(hasty.state.variables["order"], "12345");
  assert.deepEqual(
    hasty.effects.find((one) => one.type === "collected"),
    { type: "collected", variable: "order", digits: "12345", count: 5 },
  );
  const private_ = feed(start(), "begin", "1", "2", ...keysOf("11010519491231002*4711#"));
  const told = JSON.stringify(private_.effects);
  assert.equal(told.includes("4711") || told.includes("1101051949"), false, told);
  assert.deepEqual(private_.state.secrets, ["identity", "pin"]);
  assert.equal(private_.state.variables["pin"], "4711");
  // Nobody there: asked as often as drawn, then its exit.
  const silent = feed(
    start(),
    "begin",
    "said",
    "said",
    "timeout",
    "said",
    "timeout",
    "said",
    "timeout",
    "said",
    "timeout",
  );
  assert.deepEqual(silent.path.slice(2), ["language.timeout", "chinese.next", "known.old", "main.timeout"]);
  assert.equal(silent.state.phase, "away");
  const taken = feed(silent.state, "taken");
  assert.deepEqual([taken.state.phase, taken.state.ended], ["over", "taken"]);
});

test("what is late, too long or drawn in a circle ends with words, never in silence", () => {
  const circle = flow(
    block("condition", "a", { otherwise: "b" }, { cases: [] }),
    block("set", "b", { next: "a" }, { values: [] }),
  );
  const turned = feed(walkOf(circle), "begin");
  assert.deepEqual([turned.state.phase, turned.state.ended], ["parting", "circle"]);
  assert.equal(turned.effects.at(-1)?.type, "say");
  assert.deepEqual(feed(turned.state, "said").effects, [{ type: "hang-up" }]);
  // A line that is closed at once, to which one is sent again and again.
  const bounced = flow(block("agent", "a", { unanswered: "a" }, { userId: 1 }));
  const sent = feed(walkOf(bounced), "begin", ...Array.from({ length: 60 }, () => "back"));
  assert.equal(sent.state.ended, "circle");
  const menu = flow(block("menu", "m", { "1": "m", timeout: "m", invalid: "m" }, { keys: [{ key: "1" }] }));
  const asked = feed(walkOf(menu), "begin", "said");
  assert.ok("noted" in ivrStep(asked.state, { type: "timeout", turn: asked.state.turn - 1 }, at));
  const late = ivrStep(asked.state, { type: "key", key: "1" }, at + menu.longestMs);
  assert.ok("state" in late && late.state.phase === "parting" && late.state.ended === "time");
  // Who waited for people has their time still.
  const waits = flow(
    block("queue", "q", { timeout: "m" }),
    block("menu", "m", { "1": "q", timeout: "q", invalid: "q" }, { keys: [{ key: "1" }] }),
  );
  const waiting = feed(walkOf(waits), "begin").state;
  assert.ok("noted" in ivrStep(waiting, { type: "overtime" }, at + waits.longestMs));
  const returned = ivrStep(waiting, { type: "back", turn: waiting.turn }, at + 2 * waits.longestMs);
  assert.ok("state" in returned && returned.state.phase === "asking");
  assert.ok("noted" in ivrStep(returned.state, { type: "overtime" }, at + 2 * waits.longestMs + 1));
  const overtime = ivrStep(asked.state, { type: "overtime" }, at + menu.longestMs);
  assert.ok("state" in overtime && overtime.state.ended === "time");
});

test("who they are is verified with tries; a service that cannot tell is another way; what it knows of a secret stays one", () => {
  const by = { kind: "sql", databaseId: 1, query: "select name from people where identity = :identity" };
  const bank = flow(
    block(
      "verify",
      "who",
      { verified: "balance", failed: "bye", timeout: "bye", unavailable: "line" },
      {
        variable: "identity",
        min: 4,
        max: 18,
        tries: 2,
        by,
        saves: [{ variable: "name", from: "name" }],
      },
    ),
    block(
      "http",
      "balance",
      { ok: "tell", failed: "line", timeout: "line" },
      {
        url: "https://bank.example.com/{{identity}}",
        saves: [{ variable: "balance", from: "balance" }],
      },
    ),
    block("prompt", "tell", { next: "bye" }, { speech: { zh: "{{balance}}" } }),
    block("queue", "line", { timeout: "bye" }),
    block("hang-up", "bye", {}),
  );
  assert.deepEqual(checkFlow(bank), []);
  const keyed = feed(walkOf(bank), "begin", ...keysOf("4711#"));
  assert.equal(keyed.state.phase, "working");
  const worked = (state: IvrState, exit: string, set = {}) =>
    feed(state, { type: "worked", turn: state.turn, exit, set });
  // Known; what the service says of them holds their number, so it is as secret.
  const known = worked(keyed.state, "verified", { name: "No. 4711", "caller.number": "forged" });
  assert.deepEqual(
    known.effects.find((one) => one.type === "verified"),
    {
      type: "verified",
      what: "identity",
      ok: true,
      tries: 1,
    },
  );
  assert.deepEqual([known.state.phase, known.state.secrets], ["working", ["identity", "name"]]);
  assert.equal(known.state.variables["caller.number"], undefined);
  // Keys while it works are for what comes; an exit that is none is a failure.
  const rich = worked(feed(known.state, "1").state, "ok", { balance: "12.5" });
  assert.deepEqual([rich.path, rich.state.variables["balance"]], [["balance.ok"], "12.5"]);
  assert.deepEqual(worked(known.state, "nonsense").path, ["balance.failed"]);
  // Unknown: asked once more, then out. Late answers move nothing.
  const again = worked(keyed.state, "failed");
  assert.deepEqual([again.state.phase, again.state.asked], ["asking", 2]);
  assert.ok(
    "noted" in ivrStep(again.state, { type: "worked", turn: keyed.state.turn, exit: "verified" }, at),
  );
  assert.deepEqual(worked(feed(again.state, ...keysOf("4712#")).state, "failed").path, ["who.failed"]);
  assert.deepEqual(worked(keyed.state, "unavailable").path, ["who.unavailable"]);
});

test("who says one of the phrases goes its way; keys serve as well, and alone where nobody understands speech", () => {
  const choices = [
    { key: "bill", label: "Bills", digit: "1", phrases: { zh: ["账单", "话费"], en: ["my bill"] } },
    { key: "cancel", phrases: { zh: ["取消账单"] } },
  ];
  const exits = { bill: "a", cancel: "b", timeout: "c", invalid: "d", unavailable: "e" };
  const keysSpeech = { zh: "请按键" };
  const line = flow(
    block("speech-choice", "ask", exits, { choices, keysSpeech, tries: 2 }),
    ...["a", "b", "c", "d", "e"].map((id) => block("hang-up", id, {})),
  );
  const hearing = { ...walkOf(line), hears: true };
  const asked = feed(hearing, "begin", "said");
  assert.deepEqual(asked.effects.at(-1), {
    type: "listen",
    waitMs: 6000,
    longestMs: 8000,
    language: "zh",
    turn: asked.state.turn,
  });
  const says = (state: IvrState, text: string) => feed(state, { type: "heard", turn: state.turn, text });
  assert.deepEqual(says(asked.state, "我想查一下话费。").path, ["ask.bill"]);
  // The longest phrase is what was meant; another language of the block is understood, too.
  assert.deepEqual(says(asked.state, "取消 账单").path, ["ask.cancel"]);
  assert.deepEqual(says(asked.state, "My bill, please").path, ["ask.bill"]);
  const unclear = says(asked.state, "今天天气");
  assert.deepEqual(unclear.effects[0], { type: "spoken", text: "今天天气", label: "" });
  assert.equal(unclear.state.phase, "asking");
  assert.deepEqual(says(feed(unclear.state, "said").state, "天气").path, ["ask.invalid"]);
  const silent = says(feed(says(asked.state, "").state, "said").state, " ");
  assert.deepEqual(silent.path, ["ask.timeout"]);
  const keyed = feed(asked.state, "1");
  assert.deepEqual([keyed.path, keyed.effects[0]], [["ask.bill"], { type: "stop-listening" }]);
  // What is heard of a question that is over is late.
  const turn = asked.state.turn;
  assert.ok("noted" in ivrStep(keyed.state, { type: "heard", turn, text: "账单" }, at));

  // The recogniser fails: the same question by keys, and from here on.
  const deaf = feed(asked.state, { type: "unheard", turn });
  const says_ = deaf.effects.at(-1);
  assert.ok(says_?.type === "say" && says_.speeches[0]?.zh === "请按键");
  assert.deepEqual([deaf.state.hears, deaf.state.asked], [false, 1]);
  assert.equal(feed(deaf.state, "said").state.phase, "waiting");
  const byKeys = feed(walkOf(line), "begin", "said", "timeout", "said", "timeout");
  assert.deepEqual(byKeys.path, ["ask.timeout"]);
  const noKeys = flow(
    block("speech-choice", "ask", exits, { choices: choices.slice(1) }),
    ...["a", "b", "c", "d", "e"].map((id) => block("hang-up", id, {})),
  );
  assert.deepEqual(feed(walkOf(noKeys), "begin").path, ["ask.unavailable"]);
  const lost = feed({ ...walkOf(noKeys), hears: true }, "begin", "said");
  assert.deepEqual(feed(lost.state, { type: "unheard", turn: lost.state.turn }).path, ["ask.unavailable"]);
});

test("who comes back from a queue leaves by the exit that says why, or by its timeout where that leads nowhere", () => {
  const line = flow(
    block("queue", "line", { timeout: "a", full: "b", key: "c" }, { queueId: 3 }),
    ...["a", "b", "c"].map((id) => block("hang-up", id, {})),
  );
  const waits = feed(walkOf(line), "begin").state;
  const comes = (exit?: string) => {
    const { effects } = feed(waits, { type: "back", turn: waits.turn, ...(exit && { exit }) });
    return effects.flatMap((one) =>
      one.type === "exited" ? [one.exit] : one.type === "entered" ? [one.blockId] : [],
    );
  };
  assert.deepEqual(comes("full"), ["full", "b"]);
  assert.deepEqual(comes("key"), ["key", "c"]);
  assert.deepEqual(comes("empty"), ["empty", "a"]);
  assert.deepEqual(comes(), ["timeout", "a"]);
});
