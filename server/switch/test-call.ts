import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import { frameMs, levelDbm0 } from "../media/frame.ts";
import { toneLevelDbm0 } from "../media/tones.ts";
import type { Cause, LegId, LegStats, Sound, Switch, SwitchEvent } from "./switch.ts";

/**
 * What a test call proved. The web translates the code (`testCall.<code>`):
 * `two-way-audio` our tones came back; `audio-heard` we hear the other side, whether it hears us is not proved;
 * `silence` packets came with nothing in them; `no-audio` answered, and no packet came; `not-connected` see `cause`.
 */
export const testCallCodes = [
  "two-way-audio",
  "audio-heard",
  "silence",
  "no-audio",
  "not-connected",
] as const;
export type TestCallCode = (typeof testCallCodes)[number];

export interface TestCallRequest {
  trunkId: number;
  /** E.164 or a short code. An echo number gives the fullest verdict. */
  number: string;
  callerId?: string;
  /** Default 30 s. */
  ringTimeoutMs?: number;
  /** How long to listen after answer; default 4 s. */
  listenMs?: number;
}

export interface TestCallVerdict {
  code: TestCallCode;
  /** Why it ended, when it was not connected. */
  cause?: Cause;
  sipStatus?: number;
  /** Each SIP message: ms since the start and its first line. */
  steps: { atMs: number; direction: "in" | "out"; line: string }[];
  codec?: "PCMA" | "PCMU";
  answeredAfterMs?: number;
  /** Loudest 200 ms of what came, dBm0. */
  heardDbm0?: number;
  /** From our first tone to its return. */
  echoDelayMs?: number;
  packetsIn: number;
  packetsOut: number;
  lossPercent?: number;
  jitterMs?: number;
  /** As RTCP reports it. */
  roundTripMs?: number;
}

/** Two tones that neither speech, DTMF nor a network's own signals hold together. */
const pairHz: readonly [number, number] = [587, 1831];
const pair: Sound = {
  tones: [{ frequenciesHz: [...pairHz], levelDbm0: -13, onMs: 500, offMs: 0 }],
};
const echoFloorDbm0 = -36;
const soundFloorDbm0 = -48;
/** 10 frames: fine enough for a delay, long enough for 5 Hz of resolution. */
const windowFrames = 10;

/** Calls `number` over one trunk, plays a pair of tones and says what came back. Never throws for what the network does. */
export async function placeTestCall(
  sw: Switch,
  clock: Clock,
  request: TestCallRequest,
): Promise<TestCallVerdict> {
  const legId = newId(clock.now());
  const startedAt = clock.now();
  const steps: TestCallVerdict["steps"] = [];
  const seen: { codec?: "PCMA" | "PCMU"; stats?: LegStats; answeredAfterMs?: number } = {};
  const ended = Promise.withResolvers<SwitchEvent & { type: "leg-ended" }>();
  const answered = Promise.withResolvers<boolean>();
  const forget = sw.on((event) => {
    if (!("legId" in event) || event.legId !== legId) return;
    if (event.type === "sip") {
      steps.push({ atMs: event.at - startedAt, direction: event.direction, line: firstLine(event.text) });
      if (event.direction === "in") seen.codec = codecOf(event.text) ?? seen.codec;
    } else if (event.type === "leg-stats") seen.stats = event.stats;
    else if (event.type === "leg-answered") {
      seen.answeredAfterMs = event.at - startedAt;
      answered.resolve(true);
    } else if (event.type === "leg-ended") {
      seen.stats = event.stats ?? seen.stats;
      answered.resolve(false);
      ended.resolve(event);
    }
  });
  sw.originate({
    legId,
    destination: { kind: "trunk", trunkIds: [request.trunkId], number: request.number },
    callerId: request.callerId,
    ringTimeoutMs: request.ringTimeoutMs ?? 30_000,
    affinity: legId,
  });
  const heard = (await answered.promise)
    ? await listen(sw, clock, legId, request.listenMs ?? 4000)
    : undefined;
  sw.hangup(legId);
  const end = await ended.promise;
  forget();
  return verdict(heard, end, { ...seen, steps });
}

interface Heard {
  /** Levels per window of 200 ms: all, and the weaker tone of the pair. */
  windows: { atMs: number; dbm0: number; pairDbm0: number }[];
}

async function listen(sw: Switch, clock: Clock, legId: LegId, forMs: number): Promise<Heard> {
  const stream = sw.tap(legId)[Symbol.asyncIterator]();
  const playing = sw.play(legId, pair, { repeat: "forever" });
  const begun = clock.now();
  const limit = clock.after(forMs, () => void stream.return?.());
  const windows: Heard["windows"] = [];
  const pending: Int16Array[] = [];
  for (let next = await stream.next(); next.done !== true; next = await stream.next()) {
    pending.push(next.value);
    if (pending.length < windowFrames) continue;
    const samples = Int16Array.from(pending.splice(0).flatMap((frame) => [...frame]));
    windows.push({
      atMs: clock.now() - begun - windowFrames * frameMs,
      dbm0: levelDbm0(samples),
      pairDbm0: Math.min(...pairHz.map((hz) => toneLevelDbm0(samples, hz))),
    });
  }
  limit.cancel();
  sw.stopPlayback(legId, await playing);
  return { windows };
}

function verdict(
  heard: Heard | undefined,
  end: SwitchEvent & { type: "leg-ended" },
  seen: {
    codec?: "PCMA" | "PCMU";
    stats?: LegStats;
    answeredAfterMs?: number;
    steps: TestCallVerdict["steps"];
  },
): TestCallVerdict {
  const { stats, codec, answeredAfterMs, steps } = seen;
  const packetsIn = stats?.packetsIn ?? 0;
  const echo = heard?.windows.find((window) => window.pairDbm0 > echoFloorDbm0);
  const heardDbm0 = heard && Math.max(-90, ...heard.windows.map((window) => window.dbm0));
  const facts = {
    steps,
    codec,
    answeredAfterMs,
    heardDbm0,
    echoDelayMs: echo && Math.max(0, echo.atMs),
    packetsIn,
    packetsOut: stats?.packetsOut ?? 0,
    lossPercent: stats && percent(stats.lost, stats.lost + packetsIn),
    jitterMs: stats?.jitterMs,
    roundTripMs: stats?.roundTripMs,
  };
  if (!heard) return { code: "not-connected", cause: end.cause, sipStatus: end.sipStatus, ...facts };
  if (echo) return { code: "two-way-audio", ...facts };
  if (heardDbm0 !== undefined && heardDbm0 > soundFloorDbm0) return { code: "audio-heard", ...facts };
  return { code: packetsIn > 0 ? "silence" : "no-audio", ...facts };
}

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);
const firstLine = (text: string) => text.split("\r\n", 1)[0] ?? "";

/** The codec of an SDP body: its first payload type (RFC 3551 §6). */
function codecOf(message: string): "PCMA" | "PCMU" | undefined {
  const type = /^m=audio \d+ \S+ (\d+)/m.exec(message)?.[1];
  return type === "8" ? "PCMA" : type === "0" ? "PCMU" : undefined;
}
