import { parseParams } from "./grammar.ts";

/** The dialog that a Replaces header names (RFC 3891 §6.1); tags as the receiver of the header sees them. */
export interface Replaces {
  callId: string;
  localTag: string;
  remoteTag: string;
  /** Only while that dialog is not answered. */
  earlyOnly: boolean;
}

/** Undefined when malformed: both tags must be there. */
export function parseReplaces(value: string): Replaces | undefined {
  const semicolon = value.indexOf(";");
  if (semicolon <= 0) return undefined;
  const callId = value.slice(0, semicolon).trim();
  const params = parseParams(value.slice(semicolon));
  const localTag = params?.get("to-tag");
  const remoteTag = params?.get("from-tag");
  if (!localTag || !remoteTag || callId === "" || /\s/.test(callId)) return undefined;
  return { callId, localTag, remoteTag, earlyOnly: params!.has("early-only") };
}

/** The header value as the other end of a dialog must get it: its own tag is `to-tag`. */
export const formatReplaces = (dialog: { callId: string; localTag: string; remoteTag: string }) =>
  `${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
