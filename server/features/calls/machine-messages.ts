/**
 * Who answered a call of an agentless campaign. The message begins as it does for people; a machine, known a second or
 * two later, hears it after its beep instead.
 *
 *   listening ── human ─────────────────────────────▶ over: the message goes on
 *      │ └────── fax ───────────────────────────────▶ over: hung up
 *      └──────── machine ─┬── nothing is said to it ─▶ over: hung up
 *                         └── sorting ─┬── beep ─────▶ over: the message
 *                              │       └── it asks, and waits ──▶ over: the message, from its begin, with its keys
 *                              └── talks on ─▶ beep ── beep ────▶ over: the message
 */
import type { AnswerVerdict } from "../../switch/switch.ts";
import type { ActiveCall, CallPlan } from "./active-call.ts";
import type { Messages } from "./messages.ts";
import type { CallRunner } from "./runner.ts";

export interface MessageSorting {
  judged(call: ActiveCall, verdict: AnswerVerdict): void;
  beeped(call: ActiveCall): void;
}

/** A greeting that has no end. */
const longestGreetingMs = 45_000;

/** The campaign's message is another one for machines, or none. */
export const hearsMachines = ({ agentless }: NonNullable<CallPlan["campaign"]>): boolean =>
  agentless !== null && agentless.onMachine !== "as-people";

const listens = ({ core }: ActiveCall) => core.state === "message" && core.endedBy === null;

export function createMessageSorting(deps: {
  runner: () => CallRunner;
  messages: Pick<Messages, "feed">;
}): MessageSorting {
  const { runner, messages } = deps;

  function over(call: ActiveCall): void {
    call.sorting!.step = "over";
    runner().clearTimer(call, "sorting");
  }

  function first(call: ActiveCall, verdict: AnswerVerdict): void {
    if (verdict.class === "human") return over(call);
    if (verdict.class === "fax") {
      over(call);
      return void runner().feed(call.id, { type: "no-person", outcome: "fax", hangUp: true });
    }
    call.sorting!.step = "sorting";
    runner().feed(call.id, { type: "no-person", outcome: "machine", hangUp: false });
    runner().setTimer(call, "sorting", longestGreetingMs, () => {
      over(call);
      runner().feed(call.id, { type: "hang-up", by: "system", cause: "normal" });
    });
    messages.feed(call, { type: "machine" });
    if (verdict.reason === "beep") say(call);
  }

  function say(call: ActiveCall): void {
    over(call);
    messages.feed(call, { type: "beep" });
  }

  return {
    judged(call, verdict) {
      if (!call.sorting || !listens(call)) return;
      const { step } = call.sorting;
      if (verdict.isFirst) return step === "listening" ? first(call, verdict) : undefined;
      if (step !== "sorting") return;
      if (verdict.reason === "beep") return say(call);
      if (verdict.class !== "screener") return void (call.sorting.step = "beep");
      over(call);
      runner().feed(call.id, { type: "no-person", outcome: "screener", hangUp: false });
      messages.feed(call, { type: "person" });
    },
    beeped(call) {
      if (call.sorting?.step === "beep" && listens(call)) say(call);
    },
  };
}
