import type { SipCore } from "./core.ts";
import type { DigestAlgorithm } from "./digest.ts";
import type { DigestServer } from "./digest-server.ts";
import type { ReceivedRequest } from "./received.ts";
import { responseTo } from "./response.ts";
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
  if (verdict.kind === "ok") return verdict.user;
  const toTag = core.random.hex(8);
  if (verdict.kind === "challenge") {
    transaction.respond(responseTo(message, 401, { toTag, headers: digest.challenge(verdict) }));
    return undefined;
  }
  core.transports.offend(source, `wrong password for ${verdict.user}`);
  transaction.respond(responseTo(message, 403, { toTag }));
  return undefined;
}
