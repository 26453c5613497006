import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../kernel/random.ts";
import { areaOf } from "./areas.ts";
import { type Asked, chooseCallerIds, type Pool, type PoolNumber, roomOfPool, statusOf } from "./choose.ts";
import { localityOf, placeOf } from "./locality.ts";
import { isUsAreaCode } from "../../kernel/phone-zone.ts";

const now = Date.UTC(2026, 0, 5, 10);
const number = (e164: string, change: Partial<PoolNumber> = {}): PoolNumber => ({
  place: placeOf(e164),
  enabled: true,
  trunkIds: [1],
  prefixes: [],
  maxPerHour: null,
  maxPerDay: null,
  usedThisHour: 0,
  usedToday: 0,
  restUntil: null,
  turn: 0,
  alarmed: false,
  ...change,
});
const pool = (numbers: PoolNumber[], change: Partial<Pool> = {}): Pool => ({
  id: 1,
  rotation: "round-robin",
  localPresence: true,
  sticky: true,
  turn: 0,
  fallback: null,
  numbers,
  ...change,
});
const call = (phone: string, change: Partial<Asked> = {}): Asked => ({
  callId: phone,
  phone,
  trunkIds: [1],
  shown: [],
  other: false,
  ...change,
});
const shown = (p: Pool, ...asked: Asked[]) =>
  chooseCallerIds(p, asked, now).map((choice) => choice && [choice.number, choice.why]);

test("no cap is ever exceeded, no resting or foreign number shown, whatever is asked", () => {
  const random = seededRandom(7);
  const pick = (n: number) => Math.floor(random.next() * n);
  for (let round = 0; round < 200; round++) {
    const numbers = Array.from({ length: 1 + pick(6) }, (_, i) =>
      number(`+8675512345${100 + i}`, {
        enabled: pick(6) > 0,
        trunkIds: pick(4) > 0 ? [1 + pick(2)] : [1, 2],
        maxPerHour: pick(3) > 0 ? 1 + pick(4) : null,
        maxPerDay: pick(3) > 0 ? 1 + pick(6) : null,
        usedThisHour: pick(2),
        usedToday: 1 + pick(2),
        restUntil: pick(5) === 0 ? now + 1 : null,
      }),
    );
    const before = numbers.map((n) => ({ ...n }));
    const given = pool(numbers, {
      rotation: pick(2) ? "least-used" : "round-robin",
      sticky: pick(2) === 0,
      localPresence: pick(2) === 0,
    });
    const asked = Array.from({ length: 30 }, (_, i) =>
      call(`+861380013800${i % 10}`, {
        callId: String(i),
        trunkIds: [1 + pick(2)],
        shown: before.slice(0, pick(3)).map((n) => n.place.number),
        other: pick(3) === 0,
      }),
    );
    const both = roomOfPool(given, [1, 2], now);
    const choices = chooseCallerIds(given, asked, now);
    const counts = new Map<string, number>();
    for (const [i, choice] of choices.entries()) {
      if (!choice) continue;
      const was = before.find((n) => n.place.number === choice.number)!;
      assert.ok(was.enabled && was.restUntil === null);
      assert.deepEqual(choice.trunkIds, asked[i]!.trunkIds, "only over trunks that may show it");
      assert.ok(was.trunkIds.includes(choice.trunkIds[0]!));
      counts.set(choice.number, (counts.get(choice.number) ?? 0) + 1);
    }
    for (const was of before) {
      const used = counts.get(was.place.number) ?? 0;
      if (used === 0) continue;
      assert.ok(was.usedThisHour + used <= (was.maxPerHour ?? Infinity));
      assert.ok(was.usedToday + used <= (was.maxPerDay ?? Infinity));
    }
    assert.ok(choices.filter(Boolean).length <= both);
    // A call stays without a number only when nothing it may show has room.
    for (const [i, choice] of choices.entries())
      if (!choice) assert.equal(roomOfPool(given, asked[i]!.trunkIds, now), 0);
  }
});

test("a number takes its turn; the least used is the one farthest from its cap", () => {
  const three = ["+8675510000001", "+8675510000002", "+8675510000003"];
  const even = pool(three.map((n) => number(n)));
  const strangers = Array.from({ length: 9 }, (_, i) => call(`+861380013800${i}`));
  assert.deepEqual(
    shown(even, ...strangers).map((choice) => choice![0]),
    [...three, ...three, ...three],
  );
  const least = pool(
    [
      number(three[0]!, { usedToday: 50, maxPerDay: 100 }),
      number(three[1]!, { usedToday: 30, maxPerDay: 40 }),
    ],
    { rotation: "least-used" },
  );
  assert.deepEqual(shown(least, call("+8613800138000")), [[three[0], "turn"]]);
});

test("local presence: a served prefix, then the area, the region, the country", () => {
  const shenzhen = "+8675512345678";
  const guangzhou = "+862012345678";
  const beijing = "+861012345678";
  const newYork = "+12125550100";
  const all = () => pool([newYork, beijing, guangzhou, shenzhen].map((n) => number(n)));
  assert.deepEqual(shown(all(), call("+8675587654321")), [[shenzhen, "local"]]);
  assert.deepEqual(shown(all(), call("+8676912345678"))[0]![1], "local", "Dongguan is of Guangdong");
  assert.deepEqual(shown(all(), call("+13475550100")), [[newYork, "local"]], "347 is of New York, too");
  assert.notEqual(shown(all(), call("+8654112345678"))[0]![0], newYork);
  const served = all();
  served.numbers[1] = number(beijing, { prefixes: ["+86138", "+861380013"] });
  assert.deepEqual(shown(served, call("+8613800138000")), [[beijing, "local"]]);
  // Where no plan is known, the longest common beginning decides.
  const germany = pool([number("+498912345678"), number("+493012345678")]);
  assert.deepEqual(shown(germany, call("+493087654321")), [["+493012345678", "local"]]);
  assert.equal(
    localityOf(placeOf("+8613800138000"), [], placeOf("+8613800139999")),
    500,
    "one city's mobiles",
  );
});

test("every American area code that the zones know has a state", () => {
  for (let code = 200; code < 1000; code++)
    if (isUsAreaCode(String(code)))
      assert.ok(areaOf(`+1${code}5550100`)?.region?.startsWith("US-"), String(code));
  assert.equal(areaOf("+861012345678")?.region, "CN-BJ");
  assert.equal(areaOf("+497112345"), undefined);
});

test("a person keeps a number, or gets another when a retry asks for it", () => {
  const [a, b, c] = ["+8675510000001", "+8675510000002", "+8675510000003"] as const;
  const three = (change: Partial<Pool> = {}) =>
    pool(
      [a, b, c].map((n) => number(n)),
      change,
    );
  const phone = "+8613800138000";
  assert.deepEqual(shown(three(), call(phone, { shown: [b, a] })), [[b, "kept"]]);
  assert.deepEqual(shown(three({ sticky: false }), call(phone, { shown: [b] })), [[a, "turn"]]);
  assert.deepEqual(shown(three(), call(phone, { shown: [b, a], other: true })), [[c, "turn"]]);
  assert.deepEqual(shown(three(), call(phone, { shown: [b, a, c], other: true })), [[c, "turn"]], "all seen");
  const capped = three();
  capped.numbers[1]!.maxPerDay = 1;
  capped.numbers[1]!.usedToday = 1;
  assert.deepEqual(shown(capped, call(phone, { shown: [b] })), [[a, "turn"]], "its own is used up");
  assert.equal(statusOf(capped.numbers[1]!, now), "day-cap");
});

const spent = () => number("+8675510000001", { maxPerHour: 1, usedThisHour: 1 });

test("with nothing left the call waits, or shows the fallback over a trunk that may", () => {
  assert.deepEqual(shown(pool([spent()]), call("+8613800138000")), [null]);
  assert.equal(roomOfPool(pool([spent()]), [1], now), 0);
  const fallback = { number: "+8675599999999", trunkIds: [2] };
  assert.deepEqual(shown(pool([spent()], { fallback }), call("+8613800138000")), [null]);
  assert.equal(roomOfPool(pool([spent()], { fallback }), [1, 2], now), Infinity);
  const [choice] = chooseCallerIds(
    pool([spent()], { fallback }),
    [call("+8613800138000", { trunkIds: [1, 2] })],
    now,
  );
  assert.deepEqual(choice, { callId: "+8613800138000", ...fallback, why: "fallback" });
});
