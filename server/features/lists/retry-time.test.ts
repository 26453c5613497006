import assert from "node:assert/strict";
import { test } from "node:test";
import type { RetryRule } from "../../../shared/after-call.ts";
import { weekdays, type WeekHours } from "../../../shared/campaigns.ts";
import { isOpen } from "../../../shared/hours.ts";
import { seededRandom } from "../../kernel/random.ts";
import { type AnswerCount, answerCurve } from "./answer-curve.ts";
import { retryAt, type RetryTiming } from "./retry-time.ts";

const hour = 3_600_000;
const all = (...spans: [string, string][]) =>
  Object.fromEntries(weekdays.map((day) => [day, spans])) as WeekHours;
const hours = all(["09:00", "20:00"]);
const zone = "America/New_York";
const at = (wall: string) => Date.parse(wall);
const rule = (change: Partial<RetryRule>): RetryRule => ({ delayMs: hour, tries: 3, ...change });
const timing = (change: Partial<RetryTiming>): RetryTiming => ({
  // A Thursday morning, 10:00 in New York.
  at: at("2026-01-08T10:00:00-05:00"),
  timeZone: zone,
  hours,
  kind: "mobile",
  history: [{ at: at("2026-01-08T10:00:00-05:00"), answered: false }],
  curve: answerCurve([]),
  spread: 0,
  ...change,
});
const when = (change: Partial<RetryRule>, by: Partial<RetryTiming> = {}) =>
  new Date(retryAt(rule(change), timing(by))).toISOString();

test("another part of the day is one not tried yet, the least tried of all when every one was", () => {
  assert.equal(when({ when: "other-daypart" }), "2026-01-08T17:00:00.000Z"); // noon
  const tried = ["2026-01-06T13:00:00-05:00", "2026-01-08T10:00:00-05:00"];
  const history = tried.map((wall) => ({ at: at(wall), answered: false }));
  assert.equal(when({ when: "other-daypart" }, { history }), "2026-01-08T22:00:00.000Z"); // evening
  const afternoonsOnly = all(["13:00", "16:00"]);
  // The hours know no other part of the day: then the next opening.
  const inAfternoon = [{ at: at("2026-01-08T15:00:00-05:00"), answered: false }];
  assert.equal(
    when({ when: "other-daypart" }, { at: inAfternoon[0]!.at, history: inAfternoon, hours: afternoonsOnly }),
    "2026-01-09T18:00:00.000Z",
  );
});

test("tomorrow at opening and a time on the wall hold over the change of the clocks", () => {
  assert.equal(when({ when: "opening" }), "2026-01-09T14:00:00.000Z");
  assert.equal(when({ when: "clock", days: 2, time: "18:30" }), "2026-01-10T23:30:00.000Z");
  // Saturday noon before the clocks go forward: Sunday 09:00 is summer time.
  const saturday = at("2026-03-07T12:00:00-05:00");
  assert.equal(when({ when: "opening" }, { at: saturday }), "2026-03-08T13:00:00.000Z");
  assert.equal(when({ when: "clock", time: "10:00" }, { at: saturday }), "2026-03-08T14:00:00.000Z");
  // Outside of the hours it is their next opening; today's time that is over is at once.
  assert.equal(when({ when: "clock", time: "07:00" }), "2026-01-09T14:00:00.000Z");
  assert.equal(when({ when: "clock", days: 0, time: "09:30" }), "2026-01-08T15:00:00.000Z");
});

/** Evenings answer at 40 %, all else at 5 %, in so many attempts an hour. */
const habits = (attempts: number): AnswerCount[] =>
  Array.from({ length: 168 }, (_, slot) => {
    const rate = slot % 24 === 18 ? 0.4 : 0.05;
    return { kind: "mobile", slot, attempts, answered: Math.round(attempts * rate) };
  });

test("a better time is the hour at which people answer, once enough of them were asked", () => {
  assert.equal(when({ when: "best-time" }, { curve: answerCurve(habits(100)) }), "2026-01-08T23:00:00.000Z");
  // Nothing known: the first hour that is not the one just tried in vain.
  assert.equal(when({ when: "best-time", delayMs: 0 }), "2026-01-08T17:00:00.000Z");
  // One lucky answer in the middle of the night of the counts moves nothing.
  const luck: AnswerCount[] = [{ kind: "mobile", slot: 3 * 24 + 19, attempts: 1, answered: 1 }];
  const rates = answerCurve([...habits(100), ...luck]);
  assert.ok(rates("mobile", 3 * 24 + 18) > rates("mobile", 3 * 24 + 19));
  assert.ok(answerCurve(luck)("mobile", 3 * 24 + 19) < 0.35);
});

test("this person's own habit counts more than everybody's", () => {
  const history = [
    { at: at("2026-01-06T13:00:00-05:00"), answered: true },
    { at: at("2026-01-07T18:00:00-05:00"), answered: false },
    { at: at("2026-01-08T10:00:00-05:00"), answered: false },
  ];
  const curve = answerCurve(habits(5));
  const time = new Date(retryAt(rule({ when: "best-time" }), timing({ history, curve })));
  assert.equal(time.toISOString(), "2026-01-08T17:00:00.000Z");
});

test("whatever the rule, a try falls within the hours and not before its delay", () => {
  const random = seededRandom(4);
  const zones = [zone, "Asia/Shanghai", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe"];
  const choose = <T>(from: readonly T[]) => from[Math.floor(random.next() * from.length)]!;
  for (let i = 0; i < 150; i++) {
    const from = at("2026-01-01T00:00:00Z") + Math.floor(random.next() * 365 * 24 * hour);
    const timeZone = choose(zones);
    const chosen = choose(["other-daypart", "best-time", "opening", "clock"] as const);
    const span = all(
      choose([
        ["09:00", "20:00"],
        ["13:30", "15:00"],
        ["22:00", "24:00"],
      ] as const) as [string, string],
    );
    const delayMs = Math.floor(random.next() * 48) * hour;
    const due = retryAt(
      rule({ when: chosen, delayMs, days: Math.floor(random.next() * 4) }),
      timing({
        at: from,
        timeZone,
        hours: span,
        history: [{ at: from, answered: false }],
        spread: random.next(),
      }),
    );
    const what = `${chosen} from ${new Date(from).toISOString()} in ${timeZone}`;
    assert.ok(isOpen(span, due, timeZone), what);
    assert.ok(due >= from + (chosen === "opening" || chosen === "clock" ? 0 : delayMs), what);
    assert.ok(due < from + delayMs + 9 * 24 * hour, what);
  }
});
