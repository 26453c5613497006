/** IVR flows for tests, and what is needed to draw them in a line. */
import { weekdays } from "../../shared/campaigns.ts";
import { type BlockKind, type IvrBlock, ivrBlock } from "../../shared/ivr/blocks.ts";
import { type IvrDocument, ivrDocument } from "../../shared/ivr/flow.ts";
import { newWalk } from "../../shared/ivr/machine.ts";
import type { RunningFlow } from "../../shared/ivr/state.ts";

/** A Wednesday, 10:00 in Shanghai. */
export const at = Date.parse("2026-11-18T02:00:00Z");
const words = { zh: "您好", en: "Hello" };
export const running = (document: IvrDocument, flowId = 1): RunningFlow => ({
  flowId,
  versionId: flowId,
  document,
});
export const block = (
  kind: BlockKind,
  id: string,
  exits: Record<string, string>,
  more: object = {},
): IvrBlock => ivrBlock.parse({ kind, id, title: id, exits, speech: words, ...more });
export const flow = (...blocks: IvrBlock[]): IvrDocument =>
  ivrDocument.parse({ start: blocks[0]!.id, blocks });
export const walkOf = (
  document: IvrDocument,
  variables: Record<string, string> = {},
  now = at,
  others: RunningFlow[] = [],
) =>
  newWalk(
    running(document),
    { library: new Map(others.map((one) => [one.flowId, one])), language: "zh", hears: false, variables },
    now,
  );

export const workHours = Object.fromEntries(
  weekdays.map((day) => [day, day === "sunday" ? [] : [["09:00", "18:00"]]]),
);
export const rule = (key: string, value: string) => ({ match: "all", tests: [{ key, op: "is", value }] });

/** A service line of 30 blocks. */
export function serviceLine(): IvrDocument {
  return flow(
    block(
      "greeting",
      "hello",
      { next: "open" },
      { variants: [{ when: rule("caller.known", "yes"), speech: words }] },
    ),
    block(
      "hours",
      "open",
      { open: "language", closed: "night", holiday: "feast" },
      { hours: workHours, holidays: ["2026-10-01"] },
    ),
    block("prompt", "feast", { next: "night" }),
    block(
      "menu",
      "night",
      { "1": "box", "2": "later", timeout: "bye", invalid: "night" },
      { keys: [{ key: "1" }, { key: "2" }] },
    ),
    block(
      "menu",
      "language",
      { "1": "chinese", "2": "english", timeout: "chinese", invalid: "chinese" },
      { keys: [{ key: "1" }, { key: "2" }], tries: 1 },
    ),
    block("set", "chinese", { next: "known" }, { values: [{ variable: "language", value: "zh" }] }),
    block("set", "english", { next: "known" }, { values: [{ variable: "language", value: "en" }] }),
    block(
      "condition",
      "known",
      { vip: "line", old: "main", otherwise: "welcome" },
      {
        cases: [
          { key: "vip", when: rule("caller.name", "Ana") },
          { key: "old", when: rule("caller.known", "yes") },
        ],
      },
    ),
    block("prompt", "welcome", { next: "main" }, { bargeIn: false }),
    block(
      "menu",
      "main",
      {
        "1": "order",
        "2": "identity",
        "3": "ask",
        "4": "ring",
        "5": "complain",
        "0": "line",
        timeout: "line",
        invalid: "main",
      },
      {
        keys: ["1", "2", "3", "4", "5", "0"].map((key) => ({ key, label: `choice ${key}` })),
      },
    ),
    block(
      "collect",
      "order",
      { next: "number", timeout: "main2", invalid: "main2" },
      { variable: "order", min: 4, max: 8 },
    ),
    block(
      "condition",
      "number",
      { mine: "found", otherwise: "unknown" },
      { cases: [{ key: "mine", when: rule("order", "12345") }] },
    ),
    block("prompt", "found", { next: "rate" }),
    block("prompt", "unknown", { next: "main2" }),
    block("menu", "main2", { "9": "main", timeout: "bye", invalid: "line" }, { keys: [{ key: "9" }] }),
    block(
      "collect",
      "identity",
      { next: "pin", timeout: "line", invalid: "line" },
      { variable: "identity", min: 18, max: 18, endKey: null, check: "identity", secret: true },
    ),
    block(
      "collect",
      "pin",
      { next: "balance", timeout: "line", invalid: "line" },
      { variable: "pin", min: 4, max: 6, secret: true, tries: 2 },
    ),
    block("prompt", "balance", { next: "rate" }),
    block("agent", "ask", { unanswered: "line" }, { userId: 7 }),
    block("number", "ring", { failed: "sorry" }, { phone: "{{caller.number}}" }),
    block("prompt", "sorry", { next: "main2" }),
    block("sub-flow", "complain", { next: "rate", failed: "sorry" }, { flowId: 2 }),
    block("queue", "line", { timeout: "crowded" }),
    block(
      "menu",
      "crowded",
      { "1": "line", "2": "later", timeout: "box", invalid: "box" },
      { keys: [{ key: "1" }, { key: "2" }] },
    ),
    block("callback", "later", { next: "rate" }),
    block("satisfaction", "rate", { rated: "thanks", unrated: "bye" }),
    block("prompt", "thanks", { next: "stay" }),
    block("record", "stay", { next: "bye", failed: "bye" }),
    block("voicemail", "box", {}, { userId: 7 }),
    block("hang-up", "bye", {}),
  );
}
export const complaint = flow(
  block("record", "tell", { next: "told", failed: "told" }),
  block("return", "told", {}),
);
