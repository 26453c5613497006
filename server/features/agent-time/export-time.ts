import type { TimeFigures } from "../../../shared/agent-time.ts";
import type { Language } from "../../../shared/common.ts";
import { agentStates, type AgentState } from "../../../shared/desk.ts";
import type { Cell, Sheet } from "../reports/index.ts";

/** Words of a file that leaves the house. */
const words: Record<Language, { name: string; columns: string[]; states: Record<AgentState, string> }> = {
  en: {
    name: "Agents' time",
    columns: [
      "Agent",
      "Day",
      "Planned (s)",
      "Planned work (s)",
      "In plan (s)",
      "Adherence",
      "Worked (s)",
      "Conformance",
      "Late (s)",
      "Left early (s)",
      "Absent",
    ],
    states: {
      "signed-out": "Signed out (s)",
      connecting: "Connecting (s)",
      paused: "Paused (s)",
      ready: "Ready (s)",
      preview: "Preview (s)",
      ringing: "Ringing (s)",
      talking: "Talking (s)",
      "wrap-up": "Wrap-up (s)",
    },
  },
  zh: {
    name: "坐席工时",
    columns: [
      "坐席",
      "日期",
      "计划(秒)",
      "计划工作(秒)",
      "按计划(秒)",
      "遵时率",
      "实际工作(秒)",
      "工时完成率",
      "迟到(秒)",
      "早退(秒)",
      "缺勤",
    ],
    states: {
      "signed-out": "签出(秒)",
      connecting: "连接中(秒)",
      paused: "示忙(秒)",
      ready: "就绪(秒)",
      preview: "预览(秒)",
      ringing: "振铃(秒)",
      talking: "通话(秒)",
      "wrap-up": "话后处理(秒)",
    },
  },
};
const shownStates = agentStates.filter((state) => state !== "signed-out");
const seconds = (ms: number) => Math.round(ms / 1000);
const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/** A row for each agent and day: states first, then each pause reason by itself. */
export function timeSheet(
  people: readonly { name: string; days: readonly { day: string; figures: TimeFigures }[] }[],
  reasons: ReadonlyMap<number, string>,
  language: Language,
): Sheet {
  const { name, columns, states } = words[language];
  const row = (who: string, day: string, f: TimeFigures): Cell[] => {
    const of = (take: (total: TimeFigures["totals"][number]) => boolean) =>
      seconds(f.totals.filter(take).reduce((sum, { ms }) => sum + ms, 0));
    return [
      who,
      day,
      seconds(f.plannedMs),
      seconds(f.plannedWorkMs),
      seconds(f.inPlanMs),
      share(f.inPlanMs, f.plannedMs),
      seconds(f.workedMs),
      share(f.workedMs, f.plannedWorkMs),
      seconds(f.lateMs),
      seconds(f.earlyMs),
      f.absentDays,
      ...shownStates.map((state) => of((total) => total.state === state)),
      ...[...reasons.keys()].map((id) => of((total) => total.pauseReasonId === id)),
    ];
  };
  return {
    name,
    header: [
      ...columns,
      ...shownStates.map((state) => states[state]),
      ...[...reasons.values()].map((label) => `${states.paused.replace(/\(.*/, "")}: ${label}`),
    ],
    rows: people.flatMap((person) => person.days.map(({ day, figures }) => row(person.name, day, figures))),
  };
}
