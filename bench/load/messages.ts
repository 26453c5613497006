/** What a benchmark says to its load, which runs in a process of its own and is not counted. */
export type ToLoad =
  /** Leg `i` is spoken to at `ports[i]` of loopback; legs `n × roomSize …` hear each other. */
  | { type: "start"; ports: number[]; roomSize: number }
  /** This leg is spoken to there from now on; port 0: no more. */
  | { type: "leg"; leg: number; port: number }
  /** Counts begin anew. */
  | { type: "reset" }
  | { type: "report" };

export type FromLoad =
  /** Where the load listens, in turn: leg `i` at `ports[i % ports.length]`. */
  { type: "ready"; ports: number[] } | { type: "reset" } | ({ type: "report" } & LoadReport);

export interface LoadReport {
  sent: number;
  received: number;
  /** Sequence numbers that never came to a leg. */
  missing: number;
  /** Longest pause between two packets to one leg. */
  worstGapMs: number;
  delayP50Ms: number;
  delayP99Ms: number;
}

/** To and from the process whose parties are browsers. */
export type ToBrowsers = { type: "answers"; sdps: string[] } | { type: "reset" } | { type: "report" };

export type FromBrowsers =
  | { type: "offers"; sdps: string[] }
  | { type: "report"; open: number; sent: number; received: number; missing: number };
