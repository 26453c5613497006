import { formatParams, isHost, type Params, parseDecimal, parseParams } from "./grammar.ts";

/** A `sip:`, `sips:` or `tel:` URI (RFC 3261 §19.1, RFC 3966). For `tel:` the number is `user` and `host` is "". */
export interface SipUri {
  scheme: "sip" | "sips" | "tel";
  user?: string;
  password?: string;
  host: string;
  port?: number;
  params: Params;
  /** What follows `?`, raw. */
  headers?: string;
}

const userPattern = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/#]|%[0-9A-Fa-f]{2}|[\x80-\xff])+$/;

function parseTel(rest: string): SipUri | undefined {
  const semicolon = rest.indexOf(";");
  const number = semicolon < 0 ? rest : rest.slice(0, semicolon);
  if (!/^\+?[0-9A-Fa-f*#\-.()]+$/.test(number)) return undefined;
  const params = parseParams(semicolon < 0 ? "" : rest.slice(semicolon));
  return params && { scheme: "tel", user: number, host: "", params };
}

function parseHostPort(text: string): { host: string; port?: number } | undefined {
  const colon = text[0] === "[" ? text.indexOf(":", text.indexOf("]")) : text.indexOf(":");
  const host = colon < 0 ? text : text.slice(0, colon);
  if (!isHost(host)) return undefined;
  if (colon < 0) return { host };
  const port = parseDecimal(text.slice(colon + 1), 65535);
  return port === undefined ? undefined : { host, port };
}

/** Undefined when the text is no URI of a scheme we speak. */
export function parseUri(text: string): SipUri | undefined {
  const colon = text.indexOf(":");
  if (colon < 0 || /[\s<>"]/.test(text)) return undefined;
  const scheme = text.slice(0, colon).toLowerCase();
  let rest = text.slice(colon + 1);
  if (scheme === "tel") return parseTel(rest);
  if (scheme !== "sip" && scheme !== "sips") return undefined;
  const at = rest.indexOf("@");
  const userInfo = at < 0 ? undefined : rest.slice(0, at);
  rest = rest.slice(at + 1);
  const question = rest.indexOf("?");
  const headers = question < 0 ? undefined : rest.slice(question + 1);
  if (question >= 0) rest = rest.slice(0, question);
  const semicolon = rest.indexOf(";");
  const hostPort = parseHostPort(semicolon < 0 ? rest : rest.slice(0, semicolon));
  const params = parseParams(semicolon < 0 ? "" : rest.slice(semicolon));
  if (!hostPort || !params) return undefined;
  const uri: SipUri = { scheme, ...hostPort, params };
  if (headers !== undefined) uri.headers = headers;
  if (userInfo === undefined) return uri;
  const passwordAt = userInfo.indexOf(":");
  uri.user = passwordAt < 0 ? userInfo : userInfo.slice(0, passwordAt);
  if (passwordAt >= 0) uri.password = userInfo.slice(passwordAt + 1);
  return userPattern.test(uri.user) ? uri : undefined;
}

export function formatUri(uri: SipUri): string {
  if (uri.scheme === "tel") return `tel:${uri.user}${formatParams(uri.params)}`;
  const password = uri.password === undefined ? "" : `:${uri.password}`;
  const user = uri.user === undefined ? "" : `${uri.user}${password}@`;
  const port = uri.port === undefined ? "" : `:${uri.port}`;
  const headers = uri.headers === undefined ? "" : `?${uri.headers}`;
  return `${uri.scheme}:${user}${uri.host}${port}${formatParams(uri.params)}${headers}`;
}

/** The user part with %-escapes resolved; a broken escape is left as it stands. */
export function userOf(uri: SipUri | undefined): string {
  const user = uri?.user ?? "";
  if (!user.includes("%")) return user;
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

/** Escapes what may not stand in a user part. */
export const escapeUser = (user: string) =>
  encodeURIComponent(user).replace(/%(?:2B|26|3D|24|2C|3B|3F|2F)/g, (code) => decodeURIComponent(code));
