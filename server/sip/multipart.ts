import { parseParams, unquote } from "./grammar.ts";
import { header, type SipMessage } from "./message.ts";
import type { Body } from "./types.ts";

const typeOf = (value: string) => value.split(";", 1)[0]!.trim().toLowerCase();

function boundaryOf(contentType: string): string | undefined {
  const semicolon = contentType.indexOf(";");
  const boundary = parseParams(semicolon < 0 ? "" : contentType.slice(semicolon))?.get("boundary");
  return boundary === undefined || boundary === "" ? undefined : unquote(boundary);
}

/**
 * The session description among the parts of a `multipart/*` body (RFC 5621): carriers put ISUP or a location
 * beside it. Undefined when there is none.
 */
function sdpPart(contentType: string, text: string): Body | undefined {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  for (const part of `\r\n${text}`.split(`\r\n--${boundary}`).slice(1)) {
    if (part.startsWith("--")) return undefined;
    const end = part.indexOf("\r\n\r\n");
    const type = /^content-type\s*:\s*(.+)$/im.exec(part.slice(0, Math.max(end, 0)))?.[1]?.trim();
    if (type !== undefined && typeOf(type) === "application/sdp")
      return { type, content: part.slice(end + 4) };
  }
  return undefined;
}

/** The body as the layers above read it: of several parts the session description; undefined when there is none. */
export function bodyOf(message: SipMessage): Body | undefined {
  if (message.body.length === 0) return undefined;
  const type = header(message, "Content-Type") ?? "";
  const content = message.body.toString("utf8");
  return typeOf(type).startsWith("multipart/") ? sdpPart(type, content) : { type, content };
}

/** Is this body a session description, alone or among others? One without a type is taken for it. */
export function isReadableBody(message: SipMessage): boolean {
  const body = bodyOf(message);
  return body !== undefined && (body.type === "" || typeOf(body.type) === "application/sdp");
}
