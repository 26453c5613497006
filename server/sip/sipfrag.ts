import type { Body } from "./types.ts";

/** The status line in a `message/sipfrag` body (RFC 3420): what became of the call that a REFER asked for. */
export interface SipFragment {
  status: number;
  reason: string;
}

/** Undefined when the body is no fragment or does not begin with a status line. */
export function parseSipFragment(body: Body | undefined): SipFragment | undefined {
  if (!body || !/^message\/sipfrag\b/i.test(body.type)) return undefined;
  const match = /^\s*SIP\/2\.0 +([1-6]\d\d)(?: +([^\r\n]*))?/.exec(body.content);
  return match ? { status: Number(match[1]), reason: match[2] ?? "" } : undefined;
}

export const formatSipFragment = ({ status, reason }: SipFragment): Body => ({
  type: "message/sipfrag;version=2.0",
  content: `SIP/2.0 ${status} ${reason}\r\n`,
});
