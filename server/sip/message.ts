import { splitList, toWireText } from "./grammar.ts";
import { canonicalName, isKnownHeader } from "./header-names.ts";
import type { Body, HeaderList } from "./types.ts";

/**
 * Header values are the bytes of the wire as latin1 text, never decoded and re-encoded, so that what we
 * forward is what we got. Names are canonical (`header-names.ts`). `body` is bytes.
 */
interface MessageParts {
  headers: (readonly [name: string, value: string])[];
  body: Buffer;
}

export interface SipRequest extends MessageParts {
  kind: "request";
  method: string;
  uri: string;
}

export interface SipResponse extends MessageParts {
  kind: "response";
  status: number;
  reason: string;
}

export type SipMessage = SipRequest | SipResponse;

export const noBody = Buffer.alloc(0);

/** Known names are canonical already: they are compared as they stand. */
function matcher(name: string): (other: string) => boolean {
  if (isKnownHeader(name)) return (other) => other === name;
  const lower = name.toLowerCase();
  return (other) => other.length === lower.length && other.toLowerCase() === lower;
}

/** The first value of a header, raw. */
export function header(message: { headers: HeaderList }, name: string): string | undefined {
  const { headers } = message;
  if (isKnownHeader(name)) {
    for (let i = 0; i < headers.length; i++) if (headers[i]![0] === name) return headers[i]![1];
    return undefined;
  }
  const isIt = matcher(name);
  return headers.find(([key]) => isIt(key))?.[1];
}

/** Every line of a header, raw. */
export function headerLines(message: { headers: HeaderList }, name: string): string[] {
  const values: string[] = [];
  const isIt = matcher(name);
  for (const [key, value] of message.headers) if (isIt(key)) values.push(value);
  return values;
}

/** Every value of a header that may be written as a comma-separated list; a malformed line counts as one value. */
export function headerValues(message: { headers: HeaderList }, name: string): string[] {
  return headerLines(message, name).flatMap((line) => splitList(line, ",") ?? [line]);
}

/** Does a list of option tags or methods (`Supported`, `Require`, `Allow`) hold this one? */
export function hasToken(message: { headers: HeaderList }, name: string, token: string): boolean {
  const wanted = token.toLowerCase();
  return headerValues(message, name).some((value) => value.toLowerCase() === wanted);
}

const clean = (value: string) => {
  const oneLine = /[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, " ") : value;
  // oxlint-disable-next-line no-control-regex -- anything above latin1 is text for people and goes out as UTF-8
  return /[^\u0000-\u00ff]/.test(oneLine) ? toWireText(oneLine) : oneLine;
};

/** Headers from above, names made canonical; a line break cannot smuggle in another header. */
export function wireHeaders(headers: HeaderList | undefined): (readonly [string, string])[] {
  return (headers ?? []).map(([name, value]) => [canonicalName(name.trim()), clean(value)] as const);
}

/** Body and its Content-Type as the message parts they become. */
export function bodyParts(body: Body | undefined): MessageParts {
  if (!body) return { headers: [], body: noBody };
  return { headers: [["Content-Type", clean(body.type)]], body: Buffer.from(body.content, "utf8") };
}

/** The bytes of a message; Content-Length is written here and nowhere else. */
export function formatMessage(message: SipMessage): Buffer {
  let head =
    message.kind === "request"
      ? `${message.method} ${message.uri} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${message.reason}\r\n`;
  for (const [name, value] of message.headers) if (name !== "Content-Length") head += `${name}: ${value}\r\n`;
  head += `Content-Length: ${message.body.length}\r\n\r\n`;
  // One character is one byte: header text is latin1.
  const bytes = Buffer.allocUnsafe(head.length + message.body.length);
  bytes.write(head, "latin1");
  bytes.set(message.body, head.length);
  return bytes;
}
