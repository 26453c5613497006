import { allowedMethods, supportedOptions } from "./core.ts";
import { header, headerValues, type SipRequest } from "./message.ts";
import { isReadableBody } from "./multipart.ts";
import type { HeaderList } from "./types.ts";

export interface Refusal {
  status: number;
  headers: HeaderList;
}

const ours = new Set([...allowedMethods.split(", "), "REGISTER"]);
/** Methods that have a meaning somewhere, though not here: 405; what nobody knows is 501 (RFC 3261 §21.4.6, §21.5.2). */
const known = new Set([...ours, "PUBLISH", "MESSAGE"]);
/** Methods whose body is a session description. */
const describing = new Set(["INVITE", "UPDATE", "PRACK"]);

const accepted: HeaderList = [["Accept", "application/sdp"]];

function bodyRefusal(request: SipRequest): Refusal | undefined {
  const encoding = header(request, "Content-Encoding");
  if (encoding !== undefined && encoding.toLowerCase() !== "identity")
    return { status: 415, headers: [["Accept-Encoding", "identity"]] };
  if (describing.has(request.method) && request.body.length > 0 && !isReadableBody(request))
    return { status: 415, headers: accepted };
  return undefined;
}

/** An Accept that leaves no room for SDP in our answer (RFC 3261 §8.2.3, §20.1). */
function takesNoSdp(request: SipRequest): boolean {
  if (request.method !== "INVITE") return false;
  const types = headerValues(request, "Accept").map((type) => type.split(";", 1)[0]!.trim().toLowerCase());
  return types.length > 0 && !types.some((type) => /^(?:\*\/\*|application\/(?:\*|sdp))$/.test(type));
}

/**
 * What every request must pass before anybody looks at its meaning, in the order of RFC 3261 §8.2: method,
 * required extensions, body. ACK and CANCEL are never refused.
 */
export function refusalBeforeMeaning(request: SipRequest): Refusal | undefined {
  const { method } = request;
  if (method === "ACK" || method === "CANCEL") return undefined;
  if (!ours.has(method))
    return { status: known.has(method) ? 405 : 501, headers: [["Allow", allowedMethods]] };
  const unknown = headerValues(request, "Require").filter(
    (option) => option !== "" && !supportedOptions.has(option.toLowerCase()),
  );
  if (unknown.length > 0) return { status: 420, headers: [["Unsupported", unknown.join(", ")]] };
  if (takesNoSdp(request)) return { status: 406, headers: accepted };
  return bodyRefusal(request);
}
