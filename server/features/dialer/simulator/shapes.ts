import type { LeadFeatures } from "../predictive/lead-odds.ts";
import type { DayOptions } from "./day.ts";
import { fields, uniform } from "./hash.ts";
import type { DayShape } from "./leads.ts";

const hour = 3600;

/** The same answer rate all day. */
export const stationary = (rate: number): DayShape => ({ answerRate: () => rate });

/** Days on which something shifts, for 20 agents; `staffing` only where they leave. */
export const shiftDays: Record<string, { shape: DayShape; staffing?: DayOptions["staffing"] }> = {
  jump: { shape: { answerRate: (s) => (s >= 4 * hour && s < 6 * hour ? 0.4 : 0.15) } },
  breaks: {
    shape: stationary(0.25),
    staffing: (s) => {
      const gone = Math.min(1, Math.max(0, (s - 3 * hour) / 120));
      return s >= 3.75 * hour ? 20 : 20 - 8 * gone;
    },
  },
  drift: {
    shape: {
      answerRate: () => 0.25,
      talkFactor(s) {
        const at = s / hour;
        if (at < 2.5) return 1;
        if (at < 3) return 1 - (at - 2.5);
        if (at < 5) return 0.5;
        return at < 5.5 ? 0.5 + (at - 5) * 2.4 : 1.7;
      },
    },
  },
  hourly: { shape: { answerRate: hourlyRate } },
  mixture: { shape: { answerRate: () => 0.25, refusals: 0.45 } },
};

const steady = (hours: number) => (rate: number) => ({ hours, shape: stationary(rate) });

/** Short campaigns; `silence`: nobody answers in the first of three hours, on a trunk of 600 lines. */
export const windows: Record<
  string,
  (rate: number) => Pick<DayOptions, "hours" | "shape"> & { maxLines?: number }
> = {
  "30min": steady(0.5),
  "1h": steady(1),
  "3h": steady(3),
  silence: (rate) => ({
    hours: 3,
    maxLines: 600,
    shape: { answerRate: (s) => (s < hour ? 0 : rate) },
  }),
};

/** 20 % ± 10 points by the hour, with steps of ± 6 points each half hour. */
function hourlyRate(second: number): number {
  const wave = 0.1 * Math.sin((2 * Math.PI * second) / (4 * hour));
  const step = 0.12 * (uniform(77, Math.floor(second / 1800), 0, 1) - 0.5);
  return Math.max(0.04, 0.2 + wave + step);
}

/** Two classes of lead, of which the type of number tells: 40 % answer at 55 %, the rest at 5 %. */
export const twoClasses = {
  shape: { answerRate: (_s: number, u: number) => (u < 0.4 ? 0.55 : 0.05) } satisfies DayShape,
  features: (seed: number, lead: number): LeadFeatures => ({
    numberType: uniform(seed, lead, 0, fields.leadClass) < 0.4 ? "mobile" : "landline",
  }),
};
