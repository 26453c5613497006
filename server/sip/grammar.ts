/** The lexical pieces that SIP headers share (RFC 3261 §25.1). */

const tokenPattern = /^[A-Za-z0-9\-.!%*_+`'~]+$/;
const hostPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9\-_.]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\])$/;

/** Parameters in order of appearance, names in lower case; a parameter without a value holds "". Quotes are kept. */
export type Params = Map<string, string>;

export const isToken = (text: string) => tokenPattern.test(text);
export const isHost = (text: string) => hostPattern.test(text);

/** A decimal of at most `max`; undefined for anything else. */
export function parseDecimal(text: string | undefined, max: number): number | undefined {
  if (text === undefined || text.length === 0 || text.length > 16) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value <= max ? value : undefined;
}

/** Index just after the quoted string that starts at `from`, or -1 when it never closes. */
export function endOfQuoted(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x22) return i + 1;
  }
  return -1;
}

/**
 * Splits at `separator` where it stands outside quotes and angle brackets; parts are trimmed.
 * Undefined when a quote or bracket never closes.
 */
export function splitList(text: string, separator: "," | ";"): string[] | undefined {
  if (!text.includes(separator)) return [text.trim()];
  const parts: string[] = [];
  let start = 0;
  let inBrackets = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"' && !inBrackets) {
      const end = endOfQuoted(text, i);
      if (end < 0) return undefined;
      i = end - 1;
    } else if (char === "<") inBrackets = true;
    else if (char === ">") inBrackets = false;
    else if (char === separator && !inBrackets) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  if (inBrackets) return undefined;
  parts.push(text.slice(start).trim());
  return parts;
}

const needsCare = /[\s"<>,]/;

/** Parameters without quotes, blanks and brackets, as nearly all are. */
function parsePlainParams(text: string): Params | undefined {
  const params: Params = new Map();
  let equals = -1;
  for (let at = 1, end = 0; end < text.length; at = end + 1) {
    end = text.indexOf(";", at);
    if (end < 0) end = text.length;
    if (equals < at) equals = text.indexOf("=", at);
    if (equals < 0) equals = text.length;
    const name = text.slice(at, Math.min(equals, end)).toLowerCase();
    if (name === "") return undefined;
    if (!params.has(name)) params.set(name, equals < end ? text.slice(equals + 1, end) : "");
  }
  return params;
}

/** Parses `;name=value;flag`, the leading semicolon included. Undefined when malformed. */
export function parseParams(text: string): Params | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return new Map();
  if (trimmed[0] !== ";") return undefined;
  if (!needsCare.test(trimmed)) return parsePlainParams(trimmed);
  const params: Params = new Map();
  const parts = splitList(trimmed.slice(1), ";");
  if (!parts) return undefined;
  for (const part of parts) {
    const equals = part.indexOf("=");
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (name === "" || needsCare.test(name)) return undefined;
    const value = equals < 0 ? "" : part.slice(equals + 1).trim();
    if (value[0] === '"' ? endOfQuoted(value, 0) !== value.length : needsCare.test(value)) return undefined;
    if (!params.has(name)) params.set(name, value);
  }
  return params;
}

export function formatParams(params: Params): string {
  let text = "";
  for (const [name, value] of params) text += value === "" ? `;${name}` : `;${name}=${value}`;
  return text;
}

/** Removes the quotes and escapes of a quoted string; other text is returned as it is. */
export function unquote(text: string): string {
  if (text.length < 2 || text[0] !== '"' || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\([\s\S])/g, "$1");
}

export const quote = (text: string) => `"${text.replace(/[\\"]/g, "\\$&").replace(/[\r\n]/g, " ")}"`;

/** Header text is kept as bytes (latin1); these two change between it and real text (UTF-8, RFC 3261 §7.3.1). */
export const toWireText = (text: string) => Buffer.from(text, "utf8").toString("latin1");
export const fromWireText = (text: string) => Buffer.from(text, "latin1").toString("utf8");
