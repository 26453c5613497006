import { createPolicy, type Policy, type PolicyOptions, type SavedPolicy } from "../predictive/policy.ts";
import { horizons, stepSeconds } from "../predictive/release-table.ts";
import type { Dialler, SimAgent } from "./day.ts";
import type { LeadFate } from "./leads.ts";

type Visible = SimAgent & { state: Exclude<SimAgent["state"], "away"> };

/** The product's own policy on a simulated day. */
export function predictive(
  options: PolicyOptions,
  saved?: SavedPolicy,
): { dialler: Dialler; policy: Policy } {
  const policy = createPolicy(options, saved);
  const dialler: Dialler = {
    everyEvent: true,
    decide: (view) => policy.decide({ ...view, agents: view.agents as Visible[], nextList: 1 }),
    answered: (call, now) => policy.answered(call, now),
    ended: (call, now) => policy.ended(call, now),
    gaveUp: (call) => policy.forget(call.id),
    served: (abandoned) => policy.served(abandoned),
    talked: (seconds) => policy.talked(seconds),
    wrapped: (seconds) => policy.wrapped(seconds),
  };
  return { dialler, policy };
}

const never = new Float64Array(horizons);
const row = (fate: LeadFate, age: number) =>
  fate.kind === "person"
    ? never.map((_, u) => (fate.afterSeconds - age <= (u + 1) * stepSeconds ? 1 : 0))
    : never;

/** The same policy, told which ringing calls and next leads will be answered and when; not how long talks last. */
export function outcomesKnown(
  options: PolicyOptions,
  saved?: SavedPolicy,
): { dialler: Dialler; policy: Policy } {
  const { dialler, policy } = predictive({ ...options, cancelAfterSeconds: Infinity }, saved);
  const decide: Dialler["decide"] = (view) => {
    const answered = view.ringing.filter(({ fate }) => fate.kind === "person");
    const fates = new Map(answered.map((call) => [call.id, call.fate]));
    return policy.decide({
      ...view,
      agents: view.agents as Visible[],
      nextList: 1,
      ringing: answered,
      // Those that nobody will answer cost a line and nothing else.
      linesFree: Math.min(view.linesFree, 20 * view.agents.length),
      foresight: {
        of: (call) => row(fates.get(call.id)!, view.now - call.dialledAt),
        next: (ahead) => row(view.nextFate(ahead), 0),
      },
    });
  };
  return { dialler: { ...dialler, decide }, policy };
}
