import { responseInfo, allowedMethods } from "./core.ts";
import { dialogRequest, refreshTarget } from "./dialog.ts";
import { parseDecimal } from "./grammar.ts";
import { header, type SipRequest } from "./message.ts";
import { answerChallenge, maxChallenges, type Outcome, stackOutcome } from "./send-request.ts";
import { agreedByPeer, longestSessionSeconds } from "./session-timer.ts";
import { agree, contactHeader, notePeer, type SessionState } from "./session-state.ts";
import type { Body, HeaderList } from "./types.ts";

/** Glare is tried again so many times before the 491 goes up. */
const maxGlare = 5;

/** RFC 3261 §14.1: the owner of the Call-ID waits 2.1–4 s, the other 0–2 s, in units of 10 ms. */
function glareDelayMs(state: SessionState): number {
  const random = state.core.random.next();
  return state.isCaller ? 2100 + Math.floor(random * 191) * 10 : Math.floor(random * 201) * 10;
}

const wait = (state: SessionState, ms: number) =>
  new Promise<void>((resolve) => void state.core.clock.after(ms, resolve));

/** RFC 4028 §7.4, §7.3: a refresh by UPDATE where the peer takes it, else by our last offer again; a 422 says how long it must be. */
export async function refreshSession(state: SessionState): Promise<void> {
  let seconds = state.sessionSeconds;
  for (let tries = 0; tries < 2 && state.phase === "open"; tries++) {
    const headers: HeaderList = [
      ["Session-Expires", `${seconds};refresher=uac`],
      ...(tries > 0 ? [["Min-SE", String(seconds)] as const] : []),
    ];
    const byUpdate = state.peerAllows.has("UPDATE");
    if (!byUpdate && !state.localBody) return;
    const outcome = byUpdate
      ? await state.request("UPDATE", { headers: updateHeaders(state, headers) })
      : await sendOffer(state, state.localBody!, headers);
    const { received, status } = outcome;
    if (status === 422 && received) {
      seconds = parseDecimal(header(received.message, "Min-SE"), longestSessionSeconds) ?? seconds;
      continue;
    }
    if (!byUpdate || state.phase !== "open") return;
    if (status === 481) state.bye("SIP;cause=481", "transport-lost");
    else if (received && status < 300)
      agree(state, agreedByPeer(received.message) ?? { seconds, weRefresh: true });
    return;
  }
}

/** One INVITE inside the dialog; a 2xx is acknowledged, as often as it comes. */
function sendInvite(state: SessionState, request: SipRequest, seq: number): Promise<Outcome> {
  const { core, dialog } = state;
  let ack: Buffer | undefined;
  return new Promise((resolve) => {
    core.transactions.request(request, dialog.target, {
      onResponse(received) {
        const { message } = received;
        if (message.status < 200) return;
        if (message.status < 300) {
          if (ack) return core.transactions.resend(ack, dialog.callId, dialog.target);
          refreshTarget(dialog, message);
          ack = core.transactions.sendAck(dialogRequest(core, dialog, "ACK", { seq }), dialog.target);
        }
        resolve({ ...responseInfo(message), received });
      },
      onTimeout: () => resolve(stackOutcome(408)),
      onTransportError: (error) => resolve(stackOutcome(503, error.message)),
    });
  });
}

async function attempt(state: SessionState, body: Body, extra: HeaderList): Promise<Outcome> {
  const { core, dialog, credentials } = state;
  const headers: HeaderList = [
    contactHeader(state),
    ["Allow", allowedMethods],
    ["Supported", "timer, replaces, norefersub"],
    ...extra,
  ];
  let request = dialogRequest(core, dialog, "INVITE", { headers, body });
  for (let challenges = 0; ; challenges++) {
    const outcome = await sendInvite(state, request, dialog.localSeq);
    if (challenges === maxChallenges) return outcome;
    const next = answerChallenge(core, request, outcome.received, credentials, dialog.localSeq + 1);
    if (!next) return outcome;
    dialog.localSeq++;
    request = next;
  }
}

const updateHeaders = (state: SessionState, extra: HeaderList): HeaderList => [
  contactHeader(state),
  ["Supported", "timer, replaces, norefersub"],
  ...extra,
];

/** A re-INVITE needs an open session; an UPDATE also goes out before the answer, once an offer was answered (RFC 3311 §5.1). */
const mayOffer = (state: SessionState, method: OfferMethod) =>
  state.phase === "open" || (method === "UPDATE" && state.phase === "early" && state.isNegotiated);

export type OfferMethod = "INVITE" | "UPDATE";

/**
 * Sends an offer by re-INVITE or UPDATE. Glare, ours or theirs, is waited out and tried again; 481 and 408 end
 * the session (RFC 3261 §14.1). Resolves with the final answer; never rejects.
 */
export async function sendOffer(
  state: SessionState,
  body: Body,
  extra: HeaderList = [],
  method: OfferMethod = "INVITE",
): Promise<Outcome> {
  const send = () =>
    method === "INVITE"
      ? attempt(state, body, extra)
      : state.request("UPDATE", { headers: updateHeaders(state, extra), body });
  for (let glare = 0; ; glare++) {
    if (!mayOffer(state, method)) return stackOutcome(481);
    let outcome = stackOutcome(491);
    if (!state.isOffering && !state.openOffer && !state.unacknowledged) {
      state.isOffering = true;
      outcome = await send().finally(() => (state.isOffering = false));
    }
    if (outcome.status === 491 && glare < maxGlare) {
      await wait(state, glareDelayMs(state));
      continue;
    }
    if (outcome.received && outcome.status < 300) {
      state.localBody = body;
      notePeer(state, outcome.received.message);
      const agreed = agreedByPeer(outcome.received.message);
      // An UPDATE that said nothing of the interval leaves it as it was.
      if (agreed || method === "INVITE") agree(state, agreed);
      if (method === "UPDATE") refreshTarget(state.dialog, outcome.received.message);
    } else if (outcome.status === 481 || outcome.status === 408) state.bye("SIP;cause=481", "transport-lost");
    return outcome;
  }
}
