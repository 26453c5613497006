import type { SipCore } from "./core.ts";
import { noBody, type SipRequest } from "./message.ts";
import { nameAddr } from "./name-addr.ts";
import { sendAnywhere } from "./send-anywhere.ts";
import { sendOnce } from "./send-request.ts";
import type { ProbeResult, SipDestination, SipTarget } from "./types.ts";

export function optionsRequest(core: SipCore, target: SipTarget, uri: string): SipRequest {
  const contact = core.contactUri(target);
  return {
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
}

/**
 * Asks a peer whether it is there (OPTIONS, RFC 3261 §11); any answer means yes. Each target that DNS names gets
 * `timeoutMs`. Never rejects.
 */
export async function probe(
  core: SipCore,
  destination: SipDestination,
  uri: string,
  timeoutMs?: number,
): Promise<ProbeResult> {
  let startedAt = core.clock.now();
  const { outcome } = await sendAnywhere(core, destination, (target) => {
    startedAt = core.clock.now();
    return sendOnce(core, optionsRequest(core, target, uri), target, timeoutMs);
  });
  return { status: outcome.status, reason: outcome.reason, rttMs: core.clock.now() - startedAt };
}
