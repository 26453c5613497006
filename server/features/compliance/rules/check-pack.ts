import { weekdays, type WeekHours } from "../../../../shared/campaigns.ts";
import {
  callPurposes,
  type PackProblem,
  type RulePack,
  type RuleSet,
} from "../../../../shared/rule-packs.ts";
import { holidayCalendars } from "./holidays.ts";
import { emptyRules, together } from "./rule-set.ts";

const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Is there a minute of the week that is in all of them? */
function openTogether(weeks: readonly WeekHours[]): boolean {
  return weekdays.some((day) => {
    const edges = weeks.flatMap((week) => (week[day] ?? []).map(([from]) => minuteOf(from)));
    return edges.some((minute) =>
      weeks.every((week) =>
        (week[day] ?? []).some(([from, to]) => minute >= minuteOf(from) && minute < minuteOf(to)),
      ),
    );
  });
}

const fiveYearsHours = 5 * 366 * 24;

function problemsOf(rules: RuleSet, pack: RulePack): Omit<PackProblem, "region">[] {
  const found: Omit<PackProblem, "region">[] = [];
  const add = (kind: PackProblem["kind"], value?: string | number) => found.push({ kind, value });
  for (const purpose of callPurposes) {
    const weeks = rules.hours.filter((rule) => rule.purposes.includes(purpose)).map((rule) => rule.week);
    if (weeks.length > 0 && !openTogether(weeks)) add("never-open", purpose);
  }
  for (const { week, closedOn } of rules.hours) {
    for (const [from, to] of Object.values(week).flat())
      if (minuteOf(from) >= minuteOf(to)) add("backward-hours", `${from}–${to}`);
    if (closedOn !== null && !holidayCalendars[closedOn]) add("unknown-calendar", closedOn);
  }
  for (const { max } of rules.attempts) if (max < 1) add("no-attempts", max);
  for (const { windowHours } of [...rules.attempts, ...rules.abandon])
    if (windowHours < 1 || windowHours > fiveYearsHours) add("empty-window", windowHours);
  for (const { maxShare } of rules.abandon)
    if (!(maxShare > 0 && maxShare <= 1)) add("abandon-share", maxShare);
  for (const { seconds } of rules.minRing) if (seconds < 0 || seconds > 120) add("ring-too-long", seconds);
  for (const { hours } of rules.locks) if (hours < 1 || hours > fiveYearsHours) add("empty-lock", hours);
  for (const { maxAgeDays } of rules.registers) if (maxAgeDays < 1) add("empty-window", maxAgeDays);
  for (const { source } of Object.values(rules).flat())
    if (!pack.sources[source]) add("unknown-source", source);
  return found;
}

const key = ({ kind, value }: Omit<PackProblem, "region">) => `${kind} ${value}`;

/** What contradicts itself in a pack, of the whole place and of each region with the place's rules. */
export function packProblemsOf(pack: RulePack): PackProblem[] {
  const whole = problemsOf(pack.rules, pack).map((problem) => ({ ...problem, region: "" }));
  const known = new Set(whole.map(key));
  const regional = Object.entries(pack.regions).flatMap(([region, { rules }]) =>
    problemsOf(together([pack.rules, { ...emptyRules, ...rules }]), pack)
      .filter((problem) => !known.has(key(problem)))
      .map((problem) => ({ ...problem, region })),
  );
  const all = [...whole, ...regional];
  return all.filter(
    (problem, i) => all.findIndex((p) => p.region === problem.region && key(p) === key(problem)) === i,
  );
}
