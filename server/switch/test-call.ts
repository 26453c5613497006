import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import { watchTestCall, type TestCallSeen } from "./test-call-watch.ts";
import { listenForPair, type Heard } from "./test-call-audio.ts";
import type { Cause, Switch, TrunkConfig } from "./switch.ts";

/** The steps in order, and the verdicts; the web's words stand under `trunks.test`. */
export type TestCallStepName = "probe" | "register" | "invite" | "ring" | "answer" | "hear" | "speak" | "end";
export type TestCallVerdict =
  | "good" // answered, and audio both ways
  | "no-audio-in" // answered, and nothing to hear
  | "no-audio-out"
  | "not-answered" // the number was reached
  | "refused" // the carrier said no
  | "unreachable" // the carrier said nothing
  | "not-registered"
  | "failed";

export interface TestCallStep {
  step: TestCallStepName;
  state: "ok" | "failed" | "skipped";
  detail: Record<string, unknown>;
}

export interface TestCallResult {
  verdict: TestCallVerdict;
  steps: TestCallStep[];
  codec?: TrunkConfig["codecs"][number];
  /** Our own tones came back: the far end hears us for certain. Other numbers than echoes cannot prove that. */
  echoed: boolean;
}

export interface TestCallRequest {
  trunkId: number;
  /** E.164 or a short code. An echo number gives the fullest verdict. */
  number: string;
  callerId?: string;
  /** The trunk registers: without that there is no call. */
  registers?: boolean;
  /** Default 30 s. */
  ringTimeoutMs?: number;
  /** How long to listen after answer; default 4 s. */
  listenMs?: number;
}

const soundFloorDbm0 = -48;

/**
 * Calls `number` over one trunk alone, plays a pair of tones, listens and says what works. Takes `ringTimeoutMs +
 * listenMs` at most, and a little; what the network does is a verdict, never an exception.
 */
export async function placeTestCall(
  sw: Switch,
  clock: Clock,
  request: TestCallRequest,
): Promise<TestCallResult> {
  const probe = await sw.probeTrunk(request.trunkId);
  const before: TestCallStep[] = [
    { step: "probe", state: probe.status === 408 || probe.status === 503 ? "failed" : "ok", detail: probe },
    registerStep(sw, request),
  ];
  if (before[1]!.state === "failed")
    return { verdict: "not-registered", steps: [...before, ...skipped(0)], echoed: false };
  const legId = newId(clock.now());
  const watch = watchTestCall(sw, clock, legId);
  sw.originate({
    legId,
    destination: { kind: "trunk", trunkIds: [request.trunkId], number: request.number },
    callerId: request.callerId,
    ringTimeoutMs: request.ringTimeoutMs ?? 30_000,
    affinity: legId,
  });
  const heard = (await watch.answered)
    ? await listenForPair(sw, clock, legId, request.listenMs ?? 4000)
    : undefined;
  sw.hangup(legId);
  const seen = await watch.finish();
  return heard ? judgeAudio(before, seen, heard) : judgeRefusal(before, seen);
}

function registerStep(sw: Switch, request: TestCallRequest): TestCallStep {
  if (!request.registers) return { step: "register", state: "skipped", detail: {} };
  const status = sw.trunkStatus().find((trunk) => trunk.trunkId === request.trunkId);
  const isRegistered = status?.registeredUntil !== undefined;
  return { step: "register", state: isRegistered ? "ok" : "failed", detail: { reason: status?.reason } };
}

const later: TestCallStepName[] = ["invite", "ring", "answer", "hear", "speak", "end"];
const skipped = (from: number): TestCallStep[] =>
  later.slice(from).map((step) => ({ step, state: "skipped", detail: {} }));

const reached: Cause[] = ["busy", "no-answer", "unreachable", "rejected"];
const refused: Cause[] = ["invalid-number", "congestion", "no-codec", "trunk-failed"];

function judgeRefusal(before: TestCallStep[], seen: TestCallSeen): TestCallResult {
  const { cause, sipStatus, sipReason } = seen.end;
  const saidNothing = cause === "trunk-failed" && sipStatus === undefined;
  const isReached = reached.includes(cause) || seen.rang;
  const invite: TestCallStep = {
    step: "invite",
    state: isReached ? "ok" : "failed",
    detail: { cause, sipStatus, sipReason },
  };
  const steps: TestCallStep[] = isReached
    ? [
        invite,
        { step: "ring", state: seen.rang ? "ok" : "skipped", detail: {} },
        { step: "answer", state: "failed", detail: { cause, sipStatus } },
        ...skipped(3),
      ]
    : [invite, ...skipped(1)];
  const verdict = saidNothing
    ? "unreachable"
    : isReached
      ? "not-answered"
      : refused.includes(cause)
        ? "refused"
        : "failed";
  return { verdict, steps: [...before, ...steps], echoed: false };
}

function judgeAudio(before: TestCallStep[], seen: TestCallSeen, heard: Heard): TestCallResult {
  const { stats, codec, answeredAfterMs, end } = seen;
  const packets = stats?.packetsIn ?? 0;
  const isHeard = packets > 0 && heard.loudestDbm0 > soundFloorDbm0;
  const isSpoken = (stats?.packetsOut ?? 0) > 0;
  const echoed = heard.echoDelayMs !== undefined;
  const steps: TestCallStep[] = [
    { step: "invite", state: "ok", detail: {} },
    { step: "ring", state: seen.rang ? "ok" : "skipped", detail: {} },
    { step: "answer", state: "ok", detail: { afterMs: answeredAfterMs, codec } },
    {
      step: "hear",
      state: isHeard ? "ok" : "failed",
      detail: {
        packets,
        lossPercent: stats && percent(stats.lost, stats.lost + packets),
        jitterMs: stats?.jitterMs,
        level: Math.round(heard.loudestDbm0),
      },
    },
    {
      step: "speak",
      state: isSpoken ? "ok" : "failed",
      detail: {
        packets: stats?.packetsOut,
        echoed,
        echoDelayMs: heard.echoDelayMs,
        roundTripMs: stats?.roundTripMs,
      },
    },
    { step: "end", state: end.cause === "normal" ? "ok" : "failed", detail: { cause: end.cause } },
  ];
  const verdict = isHeard ? (isSpoken ? "good" : "no-audio-out") : "no-audio-in";
  return { verdict, steps: [...before, ...steps], codec, echoed };
}

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);
