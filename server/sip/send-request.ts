import { responseInfo, type SipCore } from "./core.ts";
import { authorize } from "./digest-client.ts";
import { header, noBody, type SipRequest } from "./message.ts";
import { reasonPhrase } from "./reason-phrases.ts";
import type { ReceivedResponse } from "./received.ts";
import type { Credentials, SipResponseInfo, SipTarget } from "./types.ts";

/** The final answer to a request; `received` is absent when the stack itself gave up (408, 503). */
export interface Outcome extends SipResponseInfo {
  received?: ReceivedResponse;
}

export const stackOutcome = (status: number, reason = reasonPhrase(status)): Outcome => ({
  status,
  reason,
  headers: [],
});

/** Sends a non-INVITE request once; resolves with the final response, 408 on silence, 503 when the wire failed. */
export function sendOnce(core: SipCore, request: SipRequest, target: SipTarget): Promise<Outcome> {
  return new Promise((resolve) => {
    core.transactions.request(request, target, {
      onResponse(received) {
        if (received.message.status >= 200) resolve({ ...responseInfo(received.message), received });
      },
      onTimeout: () => resolve(stackOutcome(408)),
      onTransportError: (error) => resolve(stackOutcome(503, error.message)),
    });
  });
}

/** The request again with the challenge answered: next CSeq, fresh Via (RFC 3261 §22.2). Undefined when it cannot be. */
export function withAuthorization(
  core: SipCore,
  request: SipRequest,
  response: ReceivedResponse,
  credentials: Credentials,
  nextSeq: number,
): SipRequest | undefined {
  const answers = authorize(response.message, request, credentials, core.random);
  if (!answers) return undefined;
  const dropped = new Set(["Via", "CSeq", ...answers.map(([name]) => name)]);
  const headers = request.headers.filter(([name]) => !dropped.has(name));
  headers.push(["CSeq", `${nextSeq} ${request.method}`], ...answers);
  return { ...request, headers, body: request.body.length === 0 ? noBody : request.body };
}

export const isChallenge = (status: number) => status === 401 || status === 407;

/**
 * Sends a non-INVITE request and answers challenges: twice at most, the second for a nonce gone stale or
 * for a proxy and a server that both ask. `nextSeq` gives the CSeq of each repetition.
 */
export async function sendRequest(
  core: SipCore,
  request: SipRequest,
  target: SipTarget,
  credentials: Credentials | undefined,
  nextSeq: () => number,
): Promise<Outcome> {
  let current = request;
  for (let tries = 0; ; tries++) {
    const outcome = await sendOnce(core, current, target);
    if (!outcome.received || !credentials || tries === 2 || !isChallenge(outcome.status)) return outcome;
    if (
      tries === 1 &&
      !isStale(outcome.received) &&
      header(current, "Authorization") &&
      outcome.status === 401
    )
      return outcome;
    const next = withAuthorization(core, current, outcome.received, credentials, nextSeq());
    if (!next) return outcome;
    current = next;
  }
}

/** Does a challenge say that only the nonce was old (RFC 7616 §3.3)? */
export function isStale(response: ReceivedResponse): boolean {
  const { message } = response;
  const challenge = header(message, "WWW-Authenticate") ?? header(message, "Proxy-Authenticate") ?? "";
  return /stale\s*=\s*"?true/i.test(challenge);
}
