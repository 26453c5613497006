import type { WallLive } from "../../../shared/wallboards.ts";
import type { Agent } from "../agents/index.ts";
import type { CallView } from "../calls/index.ts";

const ringing = new Set(["planned", "dialling", "ringing"]);

/**
 * What is so now among these agents and calls. `sees`: whose people count; a call without an agent belongs to nobody
 * yet and counts for everyone.
 */
export function countLive(
  people: readonly Pick<Agent, "userId" | "state" | "campaignIds">[],
  active: readonly Pick<CallView, "core" | "plan" | "since">[],
  { sees, campaignId }: { sees: (userId: number) => boolean; campaignId: number | null },
): WallLive {
  const own = people.filter(
    (one) =>
      one.state !== "signed-out" &&
      sees(one.userId) &&
      (campaignId === null || one.campaignIds.includes(campaignId)),
  );
  const count = (...states: Agent["state"][]) => own.filter(({ state }) => states.includes(state)).length;
  const calls = active.filter(
    ({ plan, core }) =>
      (campaignId === null || plan.campaign?.id === campaignId) &&
      (core.agentUserId === null || sees(core.agentUserId)),
  );
  const waiting = calls.filter(({ core }) => core.state === "waiting");
  const first = Math.min(...waiting.map(({ since }) => since));
  return {
    signedIn: own.length,
    ready: count("ready"),
    dialling: count("ringing", "preview"),
    talking: count("talking"),
    wrapUp: count("wrap-up"),
    paused: count("paused"),
    connecting: count("connecting"),
    linesRinging: calls.filter(({ core }) => ringing.has(core.state)).length,
    waiting: waiting.length,
    waitingSince: waiting.length > 0 ? new Date(first).toISOString() : null,
    linesTalking: calls.filter(({ core }) => core.state === "talking").length,
  };
}
