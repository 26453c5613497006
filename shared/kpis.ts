import type { Counted } from "./calls.ts";
import type { ReportFigures } from "./reports.ts";

/** A figure made of two others. Words under `kpis.<name>`: its name, and how it is defined. */
export interface KpiFormula {
  unit: "share" | "ratio" | "ms";
  part: (figures: ReportFigures) => number | null;
  whole: (figures: ReportFigures) => number | null;
  /** The calls that make up the part. */
  opens: Counted;
}

/** Live answer: a person answered, and an agent was due. */
export const kpis = {
  connectRate: { unit: "share", part: (f) => f.connected, whole: (f) => f.dialled, opens: "connected" },
  rightPartyRate: {
    unit: "share",
    part: (f) => f.rightParty,
    whole: (f) => f.connected,
    opens: "right-party",
  },
  conversion: { unit: "share", part: (f) => f.success, whole: (f) => f.rightParty, opens: "success" },
  /** As 47 CFR 64.1200(a)(7) counts, over the calls of this row. */
  abandonRate: {
    unit: "share",
    part: (f) => f.pacedAbandoned,
    whole: (f) => f.pacedLive,
    opens: "paced-abandoned",
  },
  serviceLevel: { unit: "share", part: (f) => f.inTime, whole: (f) => f.live, opens: "in-time" },
  occupancy: {
    unit: "share",
    part: (f) => f.busyMs,
    whole: (f) => (f.busyMs === null || f.idleMs === null ? null : f.busyMs + f.idleMs),
    opens: "connected",
  },
  handleTime: { unit: "ms", part: (f) => f.talkMs + f.wrapMs, whole: (f) => f.connected, opens: "connected" },
  attemptsPerConnect: { unit: "ratio", part: (f) => f.dialled, whole: (f) => f.connected, opens: "dialled" },
  penetration: { unit: "share", part: (f) => f.leadsTried, whole: (f) => f.leads, opens: "dialled" },
} satisfies Record<string, KpiFormula>;

export type Kpi = keyof typeof kpis;
export const kpiNames = Object.keys(kpis) as Kpi[];

/** A share of 1, a ratio, or ms; null: nothing to divide by, or not known of such a group. */
export function kpiOf(name: Kpi, figures: ReportFigures): number | null {
  const { part, whole } = kpis[name];
  const [over, under] = [part(figures), whole(figures)];
  return over === null || !under ? null : over / under;
}
