import { responseInfo, type SipCore } from "./core.ts";
import { authorize } from "./digest-client.ts";
import { header, type SipRequest } from "./message.ts";
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

/**
 * Sends a non-INVITE request once; resolves with the final response, 408 on silence (for `timeoutMs`, default timer F),
 * 503 when the wire failed.
 */
export function sendOnce(
  core: SipCore,
  request: SipRequest,
  target: SipTarget,
  timeoutMs?: number,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const finish = (outcome: Outcome) => {
      limit?.cancel();
      resolve(outcome);
    };
    const transaction = core.transactions.request(request, target, {
      onResponse(received) {
        if (received.message.status >= 200) finish({ ...responseInfo(received.message), received });
      },
      onTimeout: () => finish(stackOutcome(408)),
      onTransportError: (error) => finish(stackOutcome(503, error.message)),
    });
    const limit =
      timeoutMs === undefined
        ? undefined
        : core.clock.after(timeoutMs, () => {
            transaction.abandon();
            resolve(stackOutcome(408));
          });
  });
}

const algorithmIn = (value: string | undefined) => /algorithm="?([^",\s]+)/i.exec(value ?? "")?.[1];

/** A challenge like the one just answered means a wrong password; another nonce, algorithm or asker does not. */
function isSameAgain(request: SipRequest, response: ReceivedResponse, answers: [string, string][]): boolean {
  const challenge =
    header(response.message, "WWW-Authenticate") ?? header(response.message, "Proxy-Authenticate");
  if (/stale\s*=\s*"?true/i.test(challenge ?? "")) return false;
  return answers.some(([name, value]) => {
    const before = header(request, name);
    return before !== undefined && algorithmIn(before) === algorithmIn(value);
  });
}

/**
 * The request again with the challenge answered: next CSeq, fresh Via (RFC 3261 §22.2). Undefined when the
 * response is no challenge, or one that cannot be answered, or one that says the password is wrong.
 */
export function answerChallenge(
  core: SipCore,
  request: SipRequest,
  response: ReceivedResponse | undefined,
  credentials: Credentials | undefined,
  nextSeq: number,
): SipRequest | undefined {
  const status = response?.message.status;
  if (!response || !credentials || (status !== 401 && status !== 407)) return undefined;
  const answers = authorize(response.message, request, credentials, core.random);
  if (!answers || isSameAgain(request, response, answers)) return undefined;
  const dropped = new Set(["Via", "CSeq", ...answers.map(([name]) => name)]);
  const headers = request.headers.filter(([name]) => !dropped.has(name));
  headers.push(["CSeq", `${nextSeq} ${request.method}`], ...answers);
  return { ...request, headers };
}

/** Challenges to one request answered at most: a proxy and a server may both ask, and a nonce go stale. */
export const maxChallenges = 3;

/** Sends a non-INVITE request and answers challenges. `nextSeq` gives the CSeq of each repetition. */
export async function sendRequest(
  core: SipCore,
  request: SipRequest,
  target: SipTarget,
  credentials: Credentials | undefined,
  nextSeq: () => number,
): Promise<Outcome> {
  let current = request;
  for (let challenges = 0; ; challenges++) {
    const outcome = await sendOnce(core, current, target);
    const isChallenge = outcome.status === 401 || outcome.status === 407;
    if (!isChallenge || challenges === maxChallenges) return outcome;
    const next = answerChallenge(core, current, outcome.received, credentials, nextSeq());
    if (!next) return outcome;
    current = next;
  }
}
