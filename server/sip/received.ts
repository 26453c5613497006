import { parseDecimal } from "./grammar.ts";
import { header, type SipMessage, type SipRequest, type SipResponse } from "./message.ts";
import { type NameAddr, parseNameAddr } from "./name-addr.ts";
import type { SipTarget } from "./types.ts";
import { parseUri } from "./uri.ts";
import { formatVia, parseVia, type Via } from "./via.ts";

/** A message that came in, with what every layer needs read out of it once. */
export interface Received<M extends SipMessage> {
  message: M;
  via: Via;
  callId: string;
  cseq: { number: number; method: string };
  from: NameAddr;
  to: NameAddr;
  fromTag: string | undefined;
  toTag: string | undefined;
  /** Where it came from, and the address of ours that it came to. */
  source: SipTarget;
  local: SipTarget;
}

export type ReceivedRequest = Received<SipRequest>;
export type ReceivedResponse = Received<SipResponse>;

type Check = { ok: true; received: Received<SipMessage> } | { ok: false; status: number; reason: string };

const bad = (reason: string, status = 400): Check => ({ ok: false, status, reason });

/** Headers that may stand once only, of those we read (RFC 3261 §7.3.1). */
const single = ["Call-ID", "CSeq", "From", "To", "Max-Forwards"];

function parseCseq(text: string): { number: number; method: string } | undefined {
  const match = /^(\d{1,10})\s+(\S+)$/.exec(text);
  const number = parseDecimal(match?.[1], 2 ** 32 - 1);
  return match && number !== undefined ? { number, method: match[2]! } : undefined;
}

/** What only a request must satisfy. */
function requestProblem(request: SipRequest, cseqMethod: string): Check | undefined {
  if (cseqMethod !== request.method) return bad("CSeq method does not match");
  const maxForwards = header(request, "Max-Forwards");
  if (maxForwards !== undefined && parseDecimal(maxForwards, 255) === undefined)
    return bad("Malformed Max-Forwards");
  const scheme = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(request.uri)?.[1]?.toLowerCase();
  if (!scheme) return bad("Malformed Request-URI");
  if (scheme !== "sip" && scheme !== "sips" && scheme !== "tel") return bad("Unsupported URI Scheme", 416);
  const uri = parseUri(request.uri);
  // RFC 3261 §19.1.1: a Request-URI carries no header part.
  if (!uri || uri.headers !== undefined) return bad("Malformed Request-URI");
  return undefined;
}

/** Every Via line must parse, not the top one alone, before we echo them. */
function topVia(message: SipMessage): { via: Via; rest: string } | undefined {
  const line = header(message, "Via");
  if (line === undefined) return undefined;
  const comma = line.indexOf(",");
  const whole = comma < 0 ? line : line.slice(0, comma);
  const via = parseVia(whole);
  return via && { via, rest: comma < 0 ? "" : line.slice(comma) };
}

/**
 * RFC 3261 §18.2.1 and RFC 3581 §4: writes `received` and `rport` into the top Via of a request, so that
 * the response, which copies it, finds its way back.
 */
function markSource(request: SipRequest, via: Via, rest: string, source: SipTarget): void {
  const wantsPort = via.params.has("rport");
  if (via.host === source.host && !wantsPort) return;
  via.params.set("received", source.host);
  if (wantsPort) via.params.set("rport", String(source.port));
  const index = request.headers.findIndex(([name]) => name === "Via");
  request.headers[index] = ["Via", formatVia(via) + rest];
}

/** The first header that stands twice and may not. */
function repeated(message: SipMessage): string | undefined {
  let seen = 0;
  for (const [name] of message.headers) {
    const bit = 1 << single.indexOf(name);
    // An unlisted name is index -1: bit 31.
    if (bit < 0) continue;
    if (seen & bit) return name;
    seen |= bit;
  }
  return undefined;
}

/** Reads the headers every message must carry (RFC 3261 §8.1.1); refuses a message without them. */
export function readMessage(message: SipMessage, source: SipTarget, local: SipTarget): Check {
  const twice = repeated(message);
  if (twice !== undefined) return bad(`More than one ${twice}`);
  const top = topVia(message);
  if (!top) return bad("Malformed or missing Via");
  const cseqText = header(message, "CSeq");
  const cseq = cseqText === undefined ? undefined : parseCseq(cseqText);
  if (!cseq) return bad("Malformed or missing CSeq");
  const from = parseNameAddr(header(message, "From") ?? "");
  if (!from) return bad("Malformed or missing From");
  const to = parseNameAddr(header(message, "To") ?? "");
  if (!to) return bad("Malformed or missing To");
  const callId = header(message, "Call-ID");
  if (callId === undefined || callId === "" || /\s/.test(callId)) return bad("Malformed or missing Call-ID");
  if (message.kind === "request") {
    const problem = requestProblem(message, cseq.method);
    if (problem) return problem;
    markSource(message, top.via, top.rest, source);
  }
  const received = {
    message,
    via: top.via,
    callId,
    cseq,
    from,
    to,
    fromTag: from.params.get("tag"),
    toTag: to.params.get("tag"),
    source,
    local,
  };
  return { ok: true, received };
}
