import {
  endOfQuoted,
  fromWireText,
  isToken,
  type Params,
  parseParams,
  quote,
  toWireText,
  unquote,
} from "./grammar.ts";

/** The value of From, To, Contact, Route and their like (RFC 3261 §20.10). `uri` is raw. */
export interface NameAddr {
  /** As on the wire, quotes included. */
  display?: string;
  uri: string;
  params: Params;
}

function isDisplayName(text: string): boolean {
  return text.split(/\s+/).every((word) => isToken(word) || /^[\x80-\xff\w\-.!%*+`'~]+$/.test(word));
}

function parseBracketed(text: string, open: number, display: string): NameAddr | undefined {
  const close = text.indexOf(">", open);
  if (close < 0) return undefined;
  const uri = text.slice(open + 1, close);
  const params = parseParams(text.slice(close + 1));
  if (!params || uri === "" || /[\s<"]/.test(uri)) return undefined;
  return display === "" ? { uri, params } : { display, uri, params };
}

/** Undefined when malformed. Without brackets the parameters belong to the header (RFC 3261 §20). */
export function parseNameAddr(value: string): NameAddr | undefined {
  const text = value.trim();
  if (text[0] === '"') {
    const end = endOfQuoted(text, 0);
    if (end < 0) return undefined;
    const open = text.indexOf("<", end);
    if (open < 0 || text.slice(end, open).trim() !== "") return undefined;
    return parseBracketed(text, open, text.slice(0, end));
  }
  const open = text.indexOf("<");
  if (open >= 0) {
    const display = text.slice(0, open).trim();
    if (display !== "" && !isDisplayName(display)) return undefined;
    return parseBracketed(text, open, display);
  }
  const semicolon = text.indexOf(";");
  const uri = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  const params = parseParams(semicolon < 0 ? "" : text.slice(semicolon));
  // A bare URI may hold neither comma nor question mark: they would belong to the header.
  if (!params || !/^[A-Za-z][A-Za-z0-9+\-.]*:[^\s,?<>"]+$/.test(uri)) return undefined;
  return { uri, params };
}

/** The display name as text for people. */
export function displayNameOf(address: NameAddr): string | undefined {
  return address.display === undefined ? undefined : fromWireText(unquote(address.display));
}

/** Builds a header value; `name` is text for people. */
export function nameAddr(uri: string, name?: string, tag?: string): string {
  const display = name === undefined || name === "" ? "" : `${quote(toWireText(name))} `;
  return `${display}<${uri}>${tag === undefined ? "" : `;tag=${tag}`}`;
}
