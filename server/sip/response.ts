import { header, type SipRequest, type SipResponse, bodyParts } from "./message.ts";
import { parseNameAddr } from "./name-addr.ts";
import { reasonPhrase } from "./reason-phrases.ts";
import type { Body, HeaderList, SipTarget } from "./types.ts";
import { isReliable } from "./transport.ts";
import { parseVia, type Via } from "./via.ts";

const copied = new Set(["Via", "From", "Call-ID", "CSeq"]);

export interface ResponseParts {
  reason?: string;
  /** Tag to put on To when the request has none. */
  toTag?: string;
  /** Raw values, canonical names. */
  headers?: HeaderList;
  body?: Body;
}

/** Builds the response to a request (RFC 3261 §8.2.6): Via lines, From, To, Call-ID and CSeq are copied as they came. */
export function responseTo(request: SipRequest, status: number, parts: ResponseParts = {}): SipResponse {
  const headers: (readonly [string, string])[] = [];
  for (const field of request.headers) {
    if (copied.has(field[0])) headers.push(field);
    else if (field[0] === "To") {
      const hasTag = parts.toTag === undefined || parseNameAddr(field[1])?.params.has("tag");
      headers.push(hasTag ? field : ["To", `${field[1]};tag=${parts.toTag}`]);
    }
  }
  const { headers: bodyHeaders, body } = bodyParts(parts.body);
  headers.push(...(parts.headers ?? []), ...bodyHeaders);
  return { kind: "response", status, reason: parts.reason ?? reasonPhrase(status), headers, body };
}

/** Where the response to this request goes (RFC 3261 §18.2.2, RFC 3581 §4). */
export function responseTarget(via: Via, source: SipTarget): SipTarget {
  if (isReliable(source.transport) || via.params.has("rport")) return source;
  return { transport: source.transport, host: source.host, port: via.port ?? 5060 };
}

/** The answer to a request that was refused before it was understood; undefined when it cannot be routed. */
export function refusalOf(
  request: SipRequest,
  status: number,
  reason: string,
  source: SipTarget,
): { response: SipResponse; target: SipTarget } | undefined {
  const line = header(request, "Via");
  if (line === undefined) return undefined;
  // A Via that cannot be read is copied as it came, and the answer goes where the request came from.
  const via = parseVia(line.split(",", 1)[0]!);
  return {
    response: responseTo(request, status, { reason }),
    target: via ? responseTarget(via, source) : source,
  };
}
