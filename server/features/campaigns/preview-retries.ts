import type { z } from "zod";
import type { RetryPreview, retryPreviewInput } from "../../../shared/campaigns.ts";
import { nextOpening } from "../../../shared/hours.ts";
import {
  type AnswerCount,
  answerCurve,
  firstNumber,
  type LeadBefore,
  nextStep,
  type PastAttempt,
} from "../lists/index.ts";

const dayMs = 24 * 3_600_000;
const mostCalls = 20;

interface Made {
  at: number;
  phone: string;
}

/** When the campaign's own limits let this number be called, ms; the law may want it later. */
function withinLimits(
  due: number,
  phone: string,
  made: readonly Made[],
  limits: { perNumberPerDay: number; minGapMs: number },
): number {
  const same = made.filter((call) => call.phone === phone).map((call) => call.at);
  const afterGap = (same.at(-1) ?? -Infinity) + limits.minGapMs;
  const oldest = same.at(-limits.perNumberPerDay);
  return Math.max(due, afterGap, oldest === undefined ? -Infinity : oldest + dayMs);
}

/** Walks a lead through the campaign's own rules as the dialler does, each attempt ending in the same way. Pure. */
export function previewRetries(
  input: z.output<typeof retryPreviewInput>,
  learned: readonly AnswerCount[],
  now: number,
): RetryPreview {
  const { hours, attempts: limits, retries, outcome, kinds, timeZone, afterCall } = input;
  const { phoneOrder } = afterCall;
  const rules = { retries, limits, hours, phoneOrder, curve: answerCurve(learned) };
  const phones = kinds.map((_, index) => `+${index + 1}`);
  let lead: LeadBefore = { phones, kinds, givenUp: [], attempts: 0, tries: {}, timeZone, memory: {} };
  let phone = firstNumber(lead, phoneOrder)!;
  let due = now;
  const made: Made[] = [];
  const calls = () =>
    made.map((call) => {
      const number = phones.indexOf(call.phone);
      return { at: new Date(call.at).toISOString(), kind: kinds[number]!, number };
    });
  const exhausted = retries[outcome]?.usedUp ?? "done";
  while (made.length < mostCalls) {
    const at = nextOpening(hours, withinLimits(due, phone, made, limits), timeZone);
    if (at === null) return { calls: calls(), end: "no-hours", exhausted };
    const history: PastAttempt[] = made.map((call) => ({ at: call.at, answered: false }));
    made.push({ at, phone });
    const step = nextStep(lead, { at, outcome, effect: null, dialled: true, phone, history }, rules);
    if (step.status !== "ready" || step.exhausted)
      return { calls: calls(), end: step.reason ?? "tries", exhausted };
    lead = { ...lead, ...step };
    phone = step.nextPhone;
    due = step.dueAt!;
  }
  return { calls: calls(), end: "more", exhausted };
}
