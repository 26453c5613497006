import assert from "node:assert/strict";
import { test } from "node:test";
import { greetingRule } from "../../../shared/greetings.ts";
import { everyDay } from "../../../shared/week.ts";
import { chooseGreeting, type Greeted } from "./choose-greeting.ts";

const rule = (name: string, when: object, change: object = {}) =>
  greetingRule.parse({ name, where: ["queue"], when, says: {}, ...change });
const caller = (change: Partial<Greeted> = {}): Greeted => ({
  where: "queue",
  language: "zh",
  customerId: 7,
  vip: 2,
  fields: { order: "shipped" },
  appointmentAt: null,
  ...change,
});
/** 10:00 in Shanghai. */
const now = { atMs: Date.UTC(2026, 0, 5, 2), timeZone: "Asia/Shanghai" };
const chosen = (when: object, change: Partial<Greeted> = {}) =>
  chooseGreeting([rule("it", when)], caller(change), now) !== undefined;

test("each condition lets its callers in and keeps the others out; all must hold", () => {
  const cases: [when: object, isIn: Partial<Greeted>, isOut: Partial<Greeted>][] = [
    [{ customer: "known" }, {}, { customerId: null }],
    [{ customer: 7 }, {}, { customerId: 8 }],
    [{ language: "en" }, { language: "en" }, {}],
    [{ vipFrom: 2 }, {}, { vip: 1 }],
    [{ hasAppointment: true }, { appointmentAt: new Date(0) }, {}],
    [{ field: { name: "order", value: "shipped" } }, {}, { fields: { order: "open" } }],
    [{ field: { name: "order", value: "" } }, {}, { fields: { order: " " } }],
    [{ vipFrom: 2, language: "zh" }, {}, { language: "en" }],
    [{}, {}, { where: "voicemail" }],
  ];
  for (const [when, isIn, isOut] of cases)
    assert.deepEqual([chosen(when, isIn), chosen(when, isOut)], [true, false], JSON.stringify(when));
  assert.deepEqual(
    [chosen({ hours: everyDay(["09:00", "12:00"]) }), chosen({ hours: everyDay(["13:00", "18:00"]) })],
    [true, false],
  );
});

test("the first that holds is heard, and one that is off is not", () => {
  const rules = [
    rule("off", {}, { on: false }),
    rule("vip", { vipFrom: 5 }),
    rule("all", {}),
    rule("late", {}),
  ];
  assert.equal(chooseGreeting(rules, caller(), now)?.name, "all");
  assert.equal(chooseGreeting(rules, caller({ vip: 5 }), now)?.name, "vip");
});
