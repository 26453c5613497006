import type { SipCore } from "./core.ts";
import { noBody, type SipRequest } from "./message.ts";
import { nameAddr } from "./name-addr.ts";
import { resolveTarget } from "./resolve.ts";
import { sendOnce } from "./send-request.ts";
import type { SipTarget } from "./types.ts";

/** Asks a peer whether it is there (OPTIONS, RFC 3261 §11); any answer means yes. Never rejects. */
export async function probe(
  core: SipCore,
  target: SipTarget,
  uri: string,
): Promise<{ status: number; rttMs: number }> {
  let resolved: SipTarget;
  try {
    resolved = await resolveTarget(target);
  } catch {
    return { status: 503, rttMs: 0 };
  }
  const contact = core.contactUri(resolved);
  const request: SipRequest = {
    kind: "request",
    method: "OPTIONS",
    uri,
    headers: [
      ["Max-Forwards", "70"],
      ["From", nameAddr(contact, undefined, core.random.hex(8))],
      ["To", nameAddr(uri)],
      ["Call-ID", core.random.hex(16)],
      ["CSeq", "1 OPTIONS"],
      ["Contact", `<${contact}>`],
      ["Accept", "application/sdp"],
      ["User-Agent", core.userAgent],
    ],
    body: noBody,
  };
  const startedAt = core.clock.now();
  const { status } = await sendOnce(core, request, resolved);
  return { status, rttMs: core.clock.now() - startedAt };
}
