import type { SipCore } from "./core.ts";
import { parseDecimal } from "./grammar.ts";
import { header, headerValues, type SipRequest } from "./message.ts";
import { parseNameAddr } from "./name-addr.ts";
import type { ReceivedResponse } from "./received.ts";
import { answerChallenge, maxChallenges } from "./send-request.ts";
import { longestSessionSeconds } from "./session-timer.ts";
import type { OutgoingInvite, SipTarget } from "./types.ts";
import { parseUri, userOf } from "./uri.ts";

/** Contacts of 3xx responses called at most, for one call. */
const maxRedirects = 5;

/** An INVITE to send after a refusal; with a `target` it goes elsewhere, which may have to be resolved first. */
export interface NextInvite {
  request: SipRequest;
  target?: SipTarget;
}

export interface InviteRetries {
  /** What to do about this refusal; undefined: it stands. */
  after(request: SipRequest, response: ReceivedResponse): NextInvite | undefined;
}

function again(request: SipRequest, seq: number, dropped: readonly string[]): SipRequest {
  const gone = new Set(["Via", "CSeq", ...dropped]);
  const headers = request.headers.filter(([name]) => !gone.has(name));
  headers.push(["CSeq", `${seq} INVITE`]);
  return { ...request, headers };
}

/** Contacts of a 3xx, the preferred first (RFC 3261 §20.10: `q` is 1 when absent). */
function contactsOf(response: ReceivedResponse): string[] {
  return headerValues(response.message, "Contact")
    .flatMap((value) => parseNameAddr(value) ?? [])
    .map(({ uri, params }) => ({ uri, q: Number(params.get("q") ?? 1) }))
    .sort((a, b) => b.q - a.q)
    .map(({ uri }) => uri);
}

/**
 * The second tries of one call: a challenge answered (RFC 3261 §22), a longer session interval (RFC 4028 §7.3),
 * another address that the owner allows (RFC 3261 §8.1.3.4).
 */
export function createInviteRetries(core: SipCore, invite: OutgoingInvite): InviteRetries {
  let seq = 1;
  let challenges = 0;
  let hasLengthened = false;
  const called = new Set([invite.uri]);
  const waiting: { uri: string; target: SipTarget }[] = [];

  function lengthened(request: SipRequest, response: ReceivedResponse): SipRequest | undefined {
    const seconds = parseDecimal(header(response.message, "Min-SE")?.split(";", 1)[0], longestSessionSeconds);
    if (seconds === undefined || hasLengthened) return undefined;
    hasLengthened = true;
    const next = again(request, ++seq, ["Session-Expires", "Min-SE"]);
    next.headers.push(["Session-Expires", String(seconds)], ["Min-SE", String(seconds)]);
    return next;
  }

  function redirected(request: SipRequest): NextInvite | undefined {
    const next = waiting.shift();
    if (!next) return undefined;
    const { uri, target } = next;
    const moved = again(request, ++seq, ["Contact", "Authorization", "Proxy-Authorization"]);
    moved.headers.push(["Contact", `<${core.contactUri(target, userOf(parseUri(invite.from)))}>`]);
    challenges = 0;
    return { request: { ...moved, uri }, target };
  }

  return {
    after(request, response) {
      const { status } = response.message;
      if (status === 401 || status === 407) {
        if (challenges === maxChallenges) return undefined;
        const answered = answerChallenge(core, request, response, invite.credentials, seq + 1);
        if (!answered) return undefined;
        challenges++;
        seq++;
        return { request: answered };
      }
      if (status === 422) {
        const next = lengthened(request, response);
        return next && { request: next };
      }
      if (status >= 300 && status <= 302)
        for (const uri of contactsOf(response)) {
          const target = invite.redirect?.(uri);
          if (!target || called.has(uri) || called.size > maxRedirects) continue;
          called.add(uri);
          waiting.push({ uri, target });
        }
      // The next of several addresses: a 6xx says that there is no use in it (RFC 3261 §21.6).
      return status < 600 ? redirected(request) : undefined;
    },
  };
}
