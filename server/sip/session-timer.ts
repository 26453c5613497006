import type { Clock, Timer } from "../kernel/clock.ts";
import { hasToken, header, type SipMessage } from "./message.ts";
import { parseDecimal, parseParams } from "./grammar.ts";

/** Shortest interval we take, and the one we ask for (RFC 4028 §4, §7.1). Seconds. */
export const minSessionSeconds = 90;
/** A week: what is above it is no interval but an attack on our timers. */
export const longestSessionSeconds = 86_400 * 7;
/** What we ask for in a new call (RFC 4028 §4 recommends 1800). */
export const askedSessionSeconds = 1800;

export interface SessionInterval {
  seconds: number;
  refresher?: "uac" | "uas";
}

/** Reads `Session-Expires: 1800;refresher=uac`; undefined when absent or malformed. */
export function sessionExpiresOf(message: SipMessage): SessionInterval | undefined {
  const [, digits, rest] = /^(\d+)\s*(;.*)?$/.exec(header(message, "Session-Expires") ?? "") ?? [];
  const seconds = parseDecimal(digits, longestSessionSeconds);
  if (seconds === undefined) return undefined;
  const refresher = parseParams(rest ?? "")
    ?.get("refresher")
    ?.toLowerCase();
  return refresher === "uac" || refresher === "uas" ? { seconds, refresher } : { seconds };
}

export type TimerAnswer =
  | { kind: "none" }
  /** Refuse with 422 and this Min-SE. */
  | { kind: "too-small" }
  /** Put these headers on the 2xx. */
  | { kind: "agreed"; seconds: number; weRefresh: boolean; headers: [string, string][] };

/** What we answer to a request's session interval (RFC 4028 §9): the caller refreshes when it can, else we do. */
export function answerSessionTimer(request: SipMessage): TimerAnswer {
  const asked = sessionExpiresOf(request);
  if (!asked) return { kind: "none" };
  const callerCan = hasToken(request, "Supported", "timer") || hasToken(request, "Require", "timer");
  // A caller without timers could not do anything about a 422: a proxy asked (RFC 4028 §9).
  if (asked.seconds < minSessionSeconds && callerCan) return { kind: "too-small" };
  const refresher = callerCan ? (asked.refresher ?? "uac") : "uas";
  const headers: [string, string][] = [["Session-Expires", `${asked.seconds};refresher=${refresher}`]];
  if (refresher === "uac") headers.push(["Require", "timer"]);
  return { kind: "agreed", seconds: asked.seconds, weRefresh: refresher === "uas", headers };
}

/** What a 2xx to our INVITE or UPDATE agreed on (RFC 4028 §7.2). */
export function agreedByPeer(response: SipMessage): { seconds: number; weRefresh: boolean } | undefined {
  const agreed = sessionExpiresOf(response);
  return agreed && { seconds: agreed.seconds, weRefresh: agreed.refresher !== "uas" };
}

export interface SessionTimer {
  /** A new agreement, or the end of one (`undefined`). */
  set(agreement: { seconds: number; weRefresh: boolean } | undefined): void;
  stop(): void;
}

/**
 * Refreshes at half the interval when that is ours to do, and expires when nobody did: at the interval less
 * the smaller of 32 s and a third (RFC 4028 §10).
 */
export function createSessionTimer(clock: Clock, refresh: () => void, expire: () => void): SessionTimer {
  let timers: Timer[] = [];
  const stop = () => {
    for (const timer of timers) timer.cancel();
    timers = [];
  };
  return {
    stop,
    set(agreement) {
      stop();
      if (!agreement) return;
      const { seconds, weRefresh } = agreement;
      const limitMs = (seconds - Math.min(32, seconds / 3)) * 1000;
      timers.push(clock.after(limitMs, expire));
      if (weRefresh) timers.push(clock.after(seconds * 500, refresh));
    },
  };
}
