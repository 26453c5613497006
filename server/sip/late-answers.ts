import type { SipCore } from "./core.ts";
import { dialogOfResponse, dialogRequest } from "./dialog.ts";
import { header, noBody, type SipRequest } from "./message.ts";
import type { ReceivedResponse } from "./received.ts";
import { sendOnce } from "./send-request.ts";
import type { SipTarget } from "./types.ts";

/** A 2xx that nobody wants: acknowledged and ended (RFC 3261 §13.2.2.4). What its dialog needs is in itself. */
function endStray(core: SipCore, response: ReceivedResponse): void {
  const { message, to, cseq } = response;
  const request: SipRequest = {
    kind: "request",
    method: "INVITE",
    uri: to.uri,
    headers: [["From", header(message, "From")!]],
    body: noBody,
  };
  const dialog = dialogOfResponse(core, request, response);
  core.transactions.sendAck(dialogRequest(core, dialog, "ACK", { seq: cseq.number }), dialog.target);
  void sendOnce(core, dialogRequest(core, dialog, "BYE"), dialog.target);
}

/**
 * What takes the answers to an INVITE whose call is over, for the half minute in which they may still come
 * (RFC 6026 timer M). It holds the bytes of one ACK in place of the whole call: 1,500 calls/s make 48,000 of these.
 */
export function lateAnswers(
  core: SipCore,
  call: { callId: string; tag: string; ack: Buffer; target: SipTarget },
): (response: ReceivedResponse) => void {
  const { callId, tag, target } = call;
  // A buffer of its own: the pool's slab would keep its neighbours.
  const ack = Buffer.from(new Uint8Array(call.ack).buffer);
  return (response) =>
    response.toTag === tag ? core.transactions.resend(ack, callId, target) : endStray(core, response);
}
