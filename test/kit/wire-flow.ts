/** A service line that holds every kind of block, for callers who walk it on the wire; what it leads to is given. */
import { weekdays } from "../../shared/campaigns.ts";
import type { IvrDocument } from "../../shared/ivr/flow.ts";
import { block, flow, rule } from "./ivr-flows.ts";

export interface WireTargets {
  /** Prompts. */
  said: Record<"hello" | "ask" | "bye" | "sorry", number>;
  queues: Record<"line" | "full" | "gone" | "empty" | "keyed", number>;
  userId: number;
  boxId: number;
  /** Refuses calls. */
  busy: string;
  /** Of an HTTP service. */
  url: string;
  databaseId: number;
  partId: number;
}

const always = Object.fromEntries(weekdays.map((day) => [day, [["00:00", "24:00"]]]));
const dayMs = 86_400_000;

/** By the clock in Shanghai: never open today, tomorrow or yesterday. */
function never(now: number) {
  const day = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "Asia/Shanghai" });
  const other = day.format(now + 3 * dayMs).toLowerCase();
  return Object.fromEntries(weekdays.map((one) => [one, one === other ? [["09:00", "09:01"]] : []]));
}
const datesAround = (now: number) =>
  [-1, 0, 1].map((days) =>
    new Intl.DateTimeFormat("sv", { timeZone: "Asia/Shanghai" }).format(now + days * dayMs),
  );

const policy = "select holder, 1 / (3 - :code::text::int) as fault from policies where number = :code";
const person =
  "select holder, 1 / (999999999999 - :pin::text::bigint) as fault from people where pin = :pin or :pin = '999999999999'";
const calculation = `
if (vars.code === "3") while (true) {}
const all = []; if (vars.code === "4") while (true) all.push(new Array(100000).fill("x"));
return vars.code === "1" ? "high" : "low";`;

const keys = (all: string) => all.split("").map((key) => ({ key, label: `key ${key}` }));

export function wireFlow(to: WireTargets, now: number): IvrDocument {
  const speech = (name: keyof WireTargets["said"]) => ({ speech: { promptId: to.said[name] } });
  const asks = { ...speech("ask"), wrong: { promptId: to.said.sorry }, waitMs: 1000, tries: 2 };
  const failing = { failed: "sorry", timeout: "sorry", invalid: "sorry", unavailable: "sorry" };
  const code = (id: string, next: string) =>
    block("collect", id, { ...failing, next }, { ...asks, variable: "code", max: 1, endKey: null });
  const line = (id: keyof WireTargets["queues"], exits: Record<string, string>) =>
    block("queue", id, { timeout: "bye", ...exits }, { queueId: to.queues[id], waitMs: 5000 });
  const phrases = [
    { key: "bill", label: "Bills", digit: "1", phrases: { zh: ["话费"] } },
    { key: "person", phrases: { zh: ["人工"] } },
  ];
  const words = { zh: "号码 {{caller.number}}，密码不在此。", en: "" };
  return flow(
    block(
      "greeting",
      "hello",
      { next: "known" },
      { ...speech("hello"), variants: [{ when: rule("caller.known", "yes"), ...speech("hello") }] },
    ),
    block(
      "condition",
      "known",
      { vip: "welcome", otherwise: "main" },
      {
        cases: [
          { key: "vip", when: { match: "all", tests: [{ key: "caller.vip", op: "at-least", value: "3" }] } },
        ],
      },
    ),
    block("prompt", "welcome", { next: "main" }, { ...speech("hello"), bargeIn: false }),
    block(
      "menu",
      "main",
      {
        "1": "chinese",
        "2": "order",
        "3": "who",
        "4": "ask_crm",
        "5": "ask_policy",
        "6": "ask_sum",
        "7": "people",
        "8": "say",
        "9": "tell",
        "0": "rate",
        "*": "text",
        "#": "part",
        timeout: "bye",
        invalid: "sorry",
      },
      { ...asks, keys: keys("1234567890*#") },
    ),
    block("set", "chinese", { next: "open" }, { values: [{ variable: "language", value: "zh" }] }),
    block("hours", "open", { open: "shut", closed: "sorry" }, { hours: always }),
    block("hours", "shut", { open: "sorry", closed: "feast" }, { hours: never(now) }),
    block(
      "hours",
      "feast",
      { open: "sorry", closed: "sorry", holiday: "bye" },
      { hours: always, holidays: datesAround(now) },
    ),
    block(
      "collect",
      "order",
      { next: "bye", timeout: "sorry", invalid: "sorry" },
      { ...asks, variable: "order", min: 4, max: 8 },
    ),
    block(
      "verify",
      "who",
      { verified: "bye", ...failing },
      {
        ...asks,
        variable: "pin",
        what: "pin",
        min: 12,
        max: 12,
        endKey: null,
        by: { kind: "sql", databaseId: to.databaseId, query: person },
        saves: [{ variable: "holder", from: "holder" }],
      },
    ),
    code("ask_crm", "crm"),
    block(
      "http",
      "crm",
      { ok: "bye", failed: "sorry", timeout: "sorry" },
      {
        url: `${to.url}/{{code}}`,
        timeoutMs: 1000,
        saves: [{ variable: "name", from: "name" }],
        ...speech("hello"),
      },
    ),
    code("ask_policy", "policy"),
    block(
      "sql",
      "policy",
      { found: "bye", none: "sorry", failed: "sorry" },
      {
        databaseId: to.databaseId,
        query: policy,
        saves: [{ variable: "holder", from: "holder" }],
        speech: {},
      },
    ),
    code("ask_sum", "sum"),
    block(
      "script",
      "sum",
      { high: "bye", low: "bye", failed: "sorry" },
      { code: calculation, outcomes: ["high", "low"] },
    ),
    block(
      "menu",
      "people",
      {
        "1": "line",
        "2": "full",
        "3": "gone",
        "4": "empty",
        "5": "keyed",
        "6": "agent",
        "7": "number",
        "8": "box",
        "9": "own",
        "0": "later",
        timeout: "bye",
        invalid: "sorry",
      },
      { ...asks, keys: keys("1234567890") },
    ),
    line("line", { timeout: "sorry" }),
    line("full", { full: "sorry" }),
    line("gone", { closed: "sorry" }),
    line("empty", { empty: "sorry" }),
    line("keyed", { key: "sorry" }),
    block("agent", "agent", { unanswered: "sorry" }, { userId: to.userId }),
    block("number", "number", { failed: "sorry" }, { phone: to.busy }),
    block("voicemail", "box", {}, { boxId: to.boxId }),
    block("voicemail", "own", {}, { userId: to.userId }),
    block("callback", "later", { next: "bye" }, speech("hello")),
    block(
      "speech-choice",
      "say",
      { bill: "bye", person: "say2", ...failing },
      { ...asks, waitMs: 5000, tries: 1, choices: phrases, keysSpeech: { promptId: to.said.ask } },
    ),
    block(
      "speech-choice",
      "say2",
      { agent: "bye", ...failing },
      { ...asks, waitMs: 5000, tries: 1, choices: [{ key: "agent", phrases: { zh: ["坐席"] } }] },
    ),
    block("record", "tell", { next: "bye", failed: "sorry" }, speech("ask")),
    block("satisfaction", "rate", { rated: "bye", unrated: "sorry" }, { ...asks, tries: 1 }),
    block("message", "text", { next: "mail", failed: "sorry" }, { text: words }),
    block(
      "message",
      "mail",
      { next: "bye", failed: "sorry" },
      { channel: "email", subject: { zh: "来电 {{caller.name}}" }, text: words },
    ),
    block("sub-flow", "part", { next: "bye", failed: "sorry" }, { flowId: to.partId }),
    block("prompt", "sorry", { next: "bye" }, speech("sorry")),
    block("hang-up", "bye", {}, speech("bye")),
  );
}
/** A flow to go into: it greets and comes back. */
export const wirePart = (promptId: number): IvrDocument =>
  flow(block("prompt", "within", { next: "out" }, { speech: { promptId } }), block("return", "out", {}));
