import type { SipCore } from "./core.ts";
import { dialogOfResponse, dialogRequest } from "./dialog.ts";
import { parseDecimal } from "./grammar.ts";
import { lateAnswers } from "./late-answers.ts";
import { hasToken, header, type SipRequest } from "./message.ts";
import { bodyOf } from "./multipart.ts";
import type { ReceivedResponse } from "./received.ts";
import { createSession, type Session } from "./session.ts";
import type { SessionState } from "./session-state.ts";
import type { Body, OutgoingInvite, SipResponseInfo } from "./types.ts";
import { parseUri, userOf } from "./uri.ts";

/** One answering side of our INVITE: proxies may fork it, every To tag is a dialog (RFC 3261 §12.1, §13.2.2). */
interface Fork {
  session: Session;
  /** Of the last reliable provisional response (RFC 3262 §4). */
  rseq?: number;
  /** Our ACK, to be sent again with each repetition of the 2xx. */
  ack?: Buffer;
}

export interface Forks {
  /** Takes a 1xx, acknowledging it when it is reliable; false when it is a repetition. */
  progress(response: ReceivedResponse): boolean;
  /** The first 2xx: gives its session, acknowledges it, then calls `done`. The other forks are dropped. */
  accept(response: ReceivedResponse, opened: (session: Session) => void, done: () => void): void;
  /** A 2xx after that: the same again gets its ACK again; another fork is acknowledged and ended. */
  another(response: ReceivedResponse): void;
  discardAll(): void;
  /** The INVITE goes out anew: what answered the last one is over. */
  reset(): void;
  /** UPDATE in the early dialog that negotiated last; undefined when none has (RFC 3311 §5.1). */
  update(body: Body): Promise<SipResponseInfo> | undefined;
}

const authorizations = new Set(["Authorization", "Proxy-Authorization"]);

export function createForks(
  core: SipCore,
  invite: OutgoingInvite,
  currentRequest: () => SipRequest,
  listeners: SessionState["listeners"],
  settle: (onLate: (response: ReceivedResponse) => void) => void,
): Forks {
  const forks = new Map<string, Fork>();
  let winner: Fork | undefined;
  let negotiated: Fork | undefined;

  function dropFork(tag: string): void {
    const fork = forks.get(tag);
    forks.delete(tag);
    fork?.session.discard();
    if (negotiated === fork) negotiated = undefined;
  }

  function forkOf(response: ReceivedResponse): Fork {
    const tag = response.toTag ?? "";
    let fork = forks.get(tag);
    if (!fork) {
      const dialog = dialogOfResponse(core, currentRequest(), response);
      const { credentials, body: localBody } = invite;
      const made: Fork = {
        session: createSession(core, {
          dialog,
          isCaller: true,
          contactUser: userOf(parseUri(invite.from)),
          credentials,
          localBody,
          listeners,
          onOver() {
            if (made !== winner || !made.ack) return;
            const { callId, target } = dialog;
            settle(lateAnswers(core, { callId, tag, ack: made.ack, target }));
          },
        }),
      };
      fork = made;
      forks.set(tag, fork);
    }
    return fork;
  }

  /** RFC 3261 §13.2.2.4: the ACK carries the credentials of the INVITE. */
  function acknowledge(fork: Fork, response: ReceivedResponse, body?: Body): void {
    const { dialog } = fork.session;
    const headers = currentRequest().headers.filter(([name]) => authorizations.has(name));
    const ack = dialogRequest(core, dialog, "ACK", { seq: response.cseq.number, headers, body });
    fork.ack = core.transactions.sendAck(ack, dialog.target);
  }

  function isRepetition(fork: Fork, response: ReceivedResponse): boolean {
    const rseq = parseDecimal(header(response.message, "RSeq"), 2 ** 32 - 1);
    if (rseq === undefined || !hasToken(response.message, "Require", "100rel")) return false;
    if (fork.rseq !== undefined && rseq !== fork.rseq + 1) return true;
    fork.rseq = rseq;
    void fork.session.request("PRACK", { headers: [["RAck", `${rseq} ${response.cseq.number} INVITE`]] });
    return false;
  }

  async function answerLate(
    fork: Fork,
    makeAnswer: NonNullable<OutgoingInvite["answerOffer"]>,
    response: ReceivedResponse,
    done: () => void,
  ): Promise<void> {
    try {
      acknowledge(fork, response, await makeAnswer(bodyOf(response.message)));
      done();
    } catch (error) {
      core.log.warn({ err: error, callId: response.callId }, "sip: no answer to a late offer");
      acknowledge(fork, response);
      done();
      fork.session.bye("SIP;cause=488");
    }
  }

  return {
    progress(response) {
      if (response.toTag === undefined || response.message.status === 100) return true;
      const fork = forkOf(response);
      if (isRepetition(fork, response)) return false;
      // RFC 6228: this branch rings no more.
      if (response.message.status === 199) dropFork(response.toTag);
      else if (response.message.body.length > 0) {
        fork.session.negotiated();
        negotiated = fork;
      }
      return true;
    },
    accept(response, opened, done) {
      winner = forkOf(response);
      for (const fork of forks.values()) if (fork !== winner) fork.session.discard();
      winner.session.confirm(response.message);
      opened(winner.session);
      if (invite.body || !invite.answerOffer) {
        acknowledge(winner, response);
        done();
      } else void answerLate(winner, (offer) => invite.answerOffer!(offer), response, done);
    },
    another(response) {
      const known = forks.get(response.toTag ?? "");
      if (known?.ack)
        return core.transactions.resend(known.ack, response.callId, known.session.dialog.target);
      if (known && known === winner) return;
      forks.delete(response.toTag ?? "");
      const fork = forkOf(response);
      acknowledge(fork, response);
      void fork.session.request("BYE");
      fork.session.discard();
    },
    update: (body) => negotiated?.session.update(body),
    discardAll() {
      negotiated = undefined;
      for (const fork of forks.values()) fork.session.discard();
    },
    reset() {
      for (const tag of forks.keys()) dropFork(tag);
    },
  };
}
