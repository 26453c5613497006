import { responseInfo, allowedMethods } from "./core.ts";
import { dialogRequest, refreshTarget } from "./dialog.ts";
import { type SipRequest } from "./message.ts";
import { answerChallenge, maxChallenges, type Outcome, stackOutcome } from "./send-request.ts";
import { agreedByPeer } from "./session-timer.ts";
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
    ["Supported", "timer"],
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

/**
 * Sends a re-INVITE with an offer. Glare, ours or theirs, is waited out and tried again; 481 and 408 end
 * the session (RFC 3261 §14.1). Resolves with the final answer; never rejects.
 */
export async function sendOffer(state: SessionState, body: Body, extra: HeaderList = []): Promise<Outcome> {
  for (let glare = 0; ; glare++) {
    if (state.phase !== "open") return stackOutcome(481);
    let outcome = stackOutcome(491);
    if (!state.isOffering && !state.openOffer && !state.unacknowledged) {
      state.isOffering = true;
      outcome = await attempt(state, body, extra).finally(() => (state.isOffering = false));
    }
    if (outcome.status === 491 && glare < maxGlare) {
      await wait(state, glareDelayMs(state));
      continue;
    }
    if (outcome.received && outcome.status < 300) {
      state.localBody = body;
      notePeer(state, outcome.received.message);
      agree(state, agreedByPeer(outcome.received.message));
    } else if (outcome.status === 481 || outcome.status === 408) state.bye("SIP;cause=481", "transport-lost");
    return outcome;
  }
}
