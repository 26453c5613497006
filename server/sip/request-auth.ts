import type { SipCore } from "./core.ts";
import type { DigestAlgorithm } from "./digest.ts";
import type { DigestServer } from "./digest-server.ts";
import type { ReceivedRequest } from "./received.ts";
import { header } from "./message.ts";
import { responseTo } from "./response.ts";
import { offences } from "./source-guard.ts";
import type { ServerTransaction } from "./transaction-server.ts";

/** JsSIP knows MD5 alone and reads no further than the first challenge. */
const isBrowser = (transport: string) => transport === "ws" || transport === "wss";

/** Checks the digest of a request; answers 401 or 403 itself and gives undefined when it does not pass. */
export async function authenticate(
  core: SipCore,
  digest: DigestServer,
  request: ReceivedRequest,
  transaction: ServerTransaction,
  algorithms: readonly DigestAlgorithm[],
): Promise<string | undefined> {
  const { message, source } = request;
  const verdict = await digest.verify(message, isBrowser(source.transport) ? ["MD5"] : algorithms);
  if (verdict.kind === "ok") {
    core.transports.forgive(source);
    return verdict.user;
  }
  const toTag = core.random.hex(8);
  if (verdict.kind === "challenge") {
    // Forgiven when the next request brings the answer; a scanner never does.
    if (header(message, "Authorization") === undefined)
      core.transports.offend(source, "challenge not answered", offences.unansweredChallenge);
    transaction.respond(responseTo(message, 401, { toTag, headers: digest.challenge(verdict) }));
    return undefined;
  }
  core.transports.offend(source, `wrong password for ${verdict.user}`, offences.wrongPassword);
  transaction.respond(responseTo(message, 403, { toTag }));
  return undefined;
}
