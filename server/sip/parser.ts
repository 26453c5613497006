import { isToken, parseDecimal } from "./grammar.ts";
import { canonicalName, knownName } from "./header-names.ts";
import { noBody, type SipMessage } from "./message.ts";

/** Limits on what a stranger may send. */
export const maxMessageBytes = 65_536;
export const maxHeaders = 256;

/**
 * A message we cannot take. `status` answers it when it is a request whose head could be read;
 * `message` is then what was understood, so that the answer can be routed.
 */
export interface ParseFailure {
  ok: false;
  status: number;
  reason: string;
  message?: SipMessage;
}

export type ParseResult = { ok: true; message: SipMessage } | ParseFailure;

const refuse = (status: number, reason: string, message?: SipMessage): ParseFailure => ({
  ok: false,
  status,
  reason,
  message,
});

/** Index of the first byte after leading line breaks (RFC 3261 §7.5). */
function skipLineBreaks(data: Buffer): number {
  let start = 0;
  while (data[start] === 13 || data[start] === 10) start++;
  return start;
}

function parseStartLine(line: string): ParseResult {
  if (line.startsWith("SIP/")) {
    const match = /^SIP\/(\d+\.\d+) (\d{3})(?: ([^\r\n]*))?$/.exec(line);
    if (!match) return refuse(400, "Malformed status line");
    if (match[1] !== "2.0") return refuse(505, "Version Not Supported");
    const status = Number(match[2]);
    if (status < 100 || status > 699) return refuse(400, "Status out of range");
    return {
      ok: true,
      message: { kind: "response", status, reason: match[3] ?? "", headers: [], body: noBody },
    };
  }
  const first = line.indexOf(" ");
  const last = line.lastIndexOf(" ");
  if (first <= 0 || last === first) return refuse(400, "Malformed request line");
  const method = line.slice(0, first);
  const uri = line.slice(first + 1, last);
  const version = line.slice(last + 1);
  const message: SipMessage = { kind: "request", method, uri, headers: [], body: noBody };
  if (!isToken(method)) return refuse(400, "Malformed method");
  if (!/^SIP\/\d+\.\d+$/i.test(version)) return refuse(400, "Malformed request line", message);
  if (version.toUpperCase() !== "SIP/2.0") return refuse(505, "Version Not Supported", message);
  if (uri === "" || /[\s<>]/.test(uri)) return refuse(400, "Malformed Request-URI", message);
  return { ok: true, message };
}

const isBlank = (code: number) => code === 0x20 || code === 0x09;

/** The text between two positions without blanks at its ends. */
function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Adds one header line; false when its name is none. */
function addHeader(headers: SipMessage["headers"], name: string, value: string): boolean {
  const known = knownName(name);
  if (known !== undefined) return headers.push([known, value]) > 0;
  const bare = name.trimEnd();
  return isToken(bare) && headers.push([canonicalName(bare), value]) > 0;
}

/**
 * Fills `message.headers` from the head's text behind its first line; folded lines are joined by one space (RFC 3261
 * §7.3.1). The reason when malformed. Each character is looked at a fixed number of times, whatever the text.
 */
function parseHeaders(text: string, from: number, message: SipMessage): string | undefined {
  const { headers } = message;
  let problem: string | undefined;
  let colon = -1;
  for (let at = from; at < text.length;) {
    let end = text.indexOf("\r\n", at);
    if (end < 0) end = text.length;
    if (colon < at) colon = text.indexOf(":", at);
    if (colon < 0) colon = text.length;
    if (end === at) {
      at = end + 2;
      continue;
    }
    const nameEnd = Math.min(colon, end);
    let value = trimmed(text, nameEnd + 1, end);
    let next = end + 2;
    if (isBlank(text.charCodeAt(next))) {
      const lines = [value];
      while (isBlank(text.charCodeAt(next))) {
        end = text.indexOf("\r\n", next);
        if (end < 0) end = text.length;
        lines.push(trimmed(text, next, end));
        next = end + 2;
      }
      value = lines.join(" ").trim();
    }
    if (headers.length >= maxHeaders) return "Too many header fields";
    const hasName = colon === nameEnd && addHeader(headers, text.slice(at, nameEnd), value);
    if (!hasName) problem ??= "Malformed header field";
    at = next;
  }
  return problem;
}

function contentLength(message: SipMessage): number | undefined | "invalid" {
  let length: number | undefined;
  for (const [name, value] of message.headers) {
    if (name !== "Content-Length") continue;
    const parsed = parseDecimal(value, 0xffffffff);
    if (parsed === undefined || (length !== undefined && length !== parsed)) return "invalid";
    length = parsed;
  }
  return length;
}

/**
 * Parses one message: a whole datagram, a WebSocket frame, or what the stream framer cut out.
 * Never throws; time is linear in the size. Checks the form of the lines and the length of the body;
 * what the header values mean is `received.ts`.
 */
export function parseMessage(data: Buffer): ParseResult {
  if (data.length > maxMessageBytes) return refuse(513, "Message Too Large");
  const start = skipLineBreaks(data);
  const end = data.indexOf("\r\n\r\n", start, "latin1");
  const text = data.toString("latin1", start, end < 0 ? data.length : end);
  const lineEnd = text.indexOf("\r\n");
  const parsed = parseStartLine(lineEnd < 0 ? text : text.slice(0, lineEnd));
  const { message } = parsed;
  if (!message) return parsed;
  const problem = lineEnd < 0 ? undefined : parseHeaders(text, lineEnd + 2, message);
  if (!parsed.ok) return parsed;
  if (end < 0) return refuse(400, "Head without end", message);
  if (problem) return refuse(400, problem, message);
  const available = data.length - end - 4;
  const length = contentLength(message);
  if (length === "invalid") return refuse(400, "Malformed Content-Length", message);
  if (length !== undefined && length > available)
    return refuse(400, "Content-Length exceeds the message", message);
  // RFC 3261 §18.3: what follows the stated length in a datagram is discarded.
  if (available > 0 && length !== 0)
    message.body = Buffer.from(data.subarray(end + 4, end + 4 + (length ?? available)));
  return parsed;
}
