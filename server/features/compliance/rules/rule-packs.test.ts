import assert from "node:assert/strict";
import { test } from "node:test";
import { rulePack, type RulePackInput } from "../../../../shared/rule-packs.ts";
import { packProblemsOf } from "./check-pack.ts";
import { holidayOn } from "./holidays.ts";
import { allOpenFrom } from "./opening.ts";
import { builtInPacks, packAt, packsOf, rulesOf } from "./rule-packs.ts";
import { everyDay, weekOf, workdays } from "../../../../shared/week.ts";

const day = (iso: string) => Date.parse(`${iso}T12:00:00Z`);
const at = day("2026-11-20");
const miami = { phone: "+13055550100", country: "US", places: [] };
const ids = (choice: string) => packsOf(builtInPacks, choice, miami, at).map((ref) => ref.id);
const names = (calendar: string, ...dates: string[]) => dates.map((date) => holidayOn(calendar, date));

test("packs that come with the system contradict themselves nowhere, and every rule has its source", () => {
  for (const pack of builtInPacks) assert.deepEqual(packProblemsOf(pack), [], `${pack.id} ${pack.version}`);
  const keys = builtInPacks.map((pack) => `${pack.id} ${pack.version}`);
  assert.equal(new Set(keys).size, keys.length);
});

test("a pack that contradicts itself says how, and in which region", () => {
  const source = { title: "t", section: "s", checked: null };
  const broken: RulePackInput = {
    id: "own-broken",
    version: "1",
    validFrom: "2026-01-01",
    name: { zh: "坏", en: "broken" },
    rules: {
      hours: [{ week: everyDay(["09:00", "12:00"]), closedOn: "ATLANTIS", source: "law" }],
      attempts: [{ of: "person", max: 0, windowHours: 24, source: "law" }],
      abandon: [{ maxShare: 0, windowHours: 0, source: "law" }],
      minRing: [{ seconds: 600, source: "law" }],
      locks: [{ after: "abandoned", hours: 0, source: "hearsay" }],
    },
    regions: {
      "US-TX": {
        name: { zh: "得州", en: "Texas" },
        rules: { hours: [{ week: everyDay(["13:00", "18:00"]), purposes: ["marketing"], source: "law" }] },
      },
    },
    sources: { law: source },
  };
  const found = packProblemsOf(rulePack.parse(broken)).map((p) => [p.region, p.kind, p.value]);
  assert.deepEqual(found, [
    ["", "unknown-calendar", "ATLANTIS"],
    ["", "no-attempts", 0],
    ["", "empty-window", 0],
    ["", "abandon-share", 0],
    ["", "ring-too-long", 600],
    ["", "empty-lock", 0],
    ["", "unknown-source", "hearsay"],
    ["US-TX", "never-open", "marketing"],
  ]);
});

test("a version holds from its day until the next begins, and the old one stays to be asked", () => {
  assert.equal(packAt(builtInPacks, "eu", day("2025-12-31")), undefined);
  assert.equal(packAt(builtInPacks, "eu", day("2026-08-10"))?.version, "2026.1");
  assert.equal(packAt(builtInPacks, "eu", day("2026-08-11"))?.version, "2026.2");
  const paris = { phone: "+33142685300", country: "FR", places: [] };
  const [before, after] = ["2026-08-10", "2026-08-11"].map((iso) =>
    rulesOf(builtInPacks, packsOf(builtInPacks, "by-number", paris, day(iso))),
  );
  assert.deepEqual([before!.consent.length, before!.registers.length], [1, 1]);
  assert.deepEqual([after!.consent.length, after!.registers.length], [2, 0]);
});

test("a choice may add to the law of the number's country, never take it away", () => {
  assert.deepEqual(ids("by-number"), ["us"]);
  assert.deepEqual(ids("gb"), ["gb", "us"]);
  assert.deepEqual(ids("us"), ["us"]);
  assert.deepEqual(ids("none"), ["none"]);
});

test("each state has its own area codes, and the abandoned calls of a place their own window", () => {
  const us = packAt(builtInPacks, "us", day("2026-11-21"))!;
  const codes = Object.values(us.regions).flatMap((region) => region.prefixes);
  assert.equal(new Set(codes).size, codes.length);
  assert.ok(codes.every((code) => /^1[2-9]\d\d$/.test(code)));
  const windows = ["us", "gb"].map((id) => packAt(builtInPacks, id, day("2026-11-21"))!.rules.abandon[0]!);
  assert.deepEqual(
    windows.map(({ window, windowHours, timeZone, formula }) => [window, windowHours, timeZone, formula]),
    [
      ["campaign-periods", 720, "UTC", "live-answers"],
      ["calendar-day", 24, "Europe/London", "ofcom"],
    ],
  );
});

test("a state is known by the number and by the address, and both hold", () => {
  const regions = (place: typeof miami, places: string[] = []) =>
    packsOf(builtInPacks, "us", { ...place, places }, at).flatMap((ref) => ref.regions);
  assert.deepEqual(regions(miami), ["US-FL"]);
  assert.deepEqual(regions(miami, ["Texas"]), ["US-FL", "US-TX"]);
  assert.deepEqual(regions({ ...miami, phone: "+12125550100" }, [" ok "]), ["US-OK"]);
});

test("holidays by rule: Easter, n-th weekdays, observed days, the Chinese calendar", () => {
  assert.deepEqual(names("FR", "2026-04-06", "2026-05-14", "2026-05-25", "2026-05-26"), [
    "Lundi de Pâques",
    "Ascension",
    "Lundi de Pentecôte",
    null,
  ]);
  assert.deepEqual(names("US", "2026-11-26", "2026-05-25", "2026-07-03", "2026-07-02"), [
    "Thanksgiving Day",
    "Memorial Day",
    "Independence Day",
    null,
  ]);
  assert.deepEqual(
    names(
      "CN",
      "2026-02-16",
      "2026-02-17",
      "2026-02-19",
      "2026-02-20",
      "2026-04-05",
      "2026-06-19",
      "2026-09-25",
    ),
    ["除夕", "春节", "春节", null, "清明节", "端午节", "中秋节"],
  );
});

test("the next opening is open by every rule, on every clock, and on no holiday", () => {
  const madrid = { week: weekOf(workdays, ["09:00", "21:00"]), closedOn: "ES", timeZone: "Europe/Madrid" };
  const shanghai = { week: everyDay(["09:00", "20:00"]), closedOn: null, timeZone: "Asia/Shanghai" };
  // Friday 4 December 2026, 22:00 in Madrid; Tuesday the 8th is a holiday there, Sunday the 6th moves nothing.
  const friday = Date.UTC(2026, 11, 4, 21);
  assert.equal(allOpenFrom([madrid], friday), Date.UTC(2026, 11, 7, 8));
  assert.equal(allOpenFrom([madrid, shanghai], friday), Date.UTC(2026, 11, 7, 8));
  assert.equal(allOpenFrom([madrid, shanghai], Date.UTC(2026, 11, 7, 12)), Date.UTC(2026, 11, 9, 8));
  const never = { week: everyDay(["03:00", "04:00"]), closedOn: null, timeZone: "Europe/Madrid" };
  assert.equal(allOpenFrom([madrid, never], friday), null);
});
