import { isIP } from "node:net";
import type { SipCore } from "./core.ts";
import { bodyParts, header, headerValues, type SipRequest } from "./message.ts";
import { parseNameAddr } from "./name-addr.ts";
import { lasting } from "./transport.ts";
import type { ReceivedRequest, ReceivedResponse } from "./received.ts";
import type { Locator } from "./locator.ts";
import { literalTarget } from "./resolve.ts";
import type { Body, HeaderList, SipTarget } from "./types.ts";
import { parseUri } from "./uri.ts";

/** The state of a dialog (RFC 3261 §12). Addresses are whole header values, tags included. */
export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly localAddress: string;
  readonly remoteAddress: string;
  localSeq: number;
  remoteSeq: number;
  /** Raw URI from the peer's Contact. */
  remoteTarget: string;
  /** Raw Route values. */
  routes: readonly string[];
  /** Where the next request goes. */
  target: SipTarget;
  /** The peer is behind NAT or on a connection: its Contact does not decide where requests go. */
  readonly isPinned: boolean;
  readonly locator: Locator;
}

export const dialogKey = (callId: string, localTag: string, remoteTag: string) =>
  `${callId}|${localTag}|${remoteTag}`;

const contactOf = (message: { headers: HeaderList }): string | undefined => {
  const value = headerValues(message, "Contact")[0];
  return value === undefined ? undefined : parseNameAddr(value)?.uri;
};

const privateAddress =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** A private Contact seen from a public source: the peer does not know its own address. */
function isBehindNat(contactUri: string | undefined, source: SipTarget): boolean {
  const host = contactUri === undefined ? undefined : parseUri(contactUri)?.host;
  if (host === undefined || host === source.host) return false;
  return privateAddress.test(host) && isIP(source.host) === 4 && !privateAddress.test(source.host);
}

/** Points the dialog at its next hop: the first route, else the peer's Contact. */
function aim(dialog: Dialog): void {
  if (dialog.isPinned) return;
  const first = dialog.routes[0];
  const uri = first === undefined ? dialog.remoteTarget : parseNameAddr(first)?.uri;
  if (uri === undefined) return;
  const literal = literalTarget(uri);
  if (literal) dialog.target = literal;
  // Until the name is resolved, requests go where the peer's last message came from.
  else
    dialog.locator
      .findUri(uri)
      .then(([target]) => (dialog.target = target ?? dialog.target))
      .catch(() => undefined);
}

function pinned(core: SipCore, routes: string[], contact: string | undefined, source: SipTarget): boolean {
  if (source.connectionId !== undefined || core.isRegisteredPhone(source)) return true;
  return routes.length === 0 && isBehindNat(contact, source);
}

/** The caller's side: from a response with a To tag to our INVITE (RFC 3261 §12.1.2). */
export function dialogOfResponse(core: SipCore, request: SipRequest, response: ReceivedResponse): Dialog {
  const { message, source } = response;
  const routes = headerValues(message, "Record-Route").reverse();
  const contact = contactOf(message);
  const dialog: Dialog = {
    callId: response.callId,
    localTag: response.fromTag ?? "",
    remoteTag: response.toTag ?? "",
    localAddress: header(request, "From")!,
    remoteAddress: header(message, "To")!,
    localSeq: response.cseq.number,
    remoteSeq: 0,
    remoteTarget: contact ?? request.uri,
    routes,
    target: lasting(source),
    isPinned: pinned(core, routes, contact, source),
    locator: core.locator,
  };
  aim(dialog);
  return dialog;
}

/** The called side: from an INVITE and the tag we give it (RFC 3261 §12.1.1). */
export function dialogOfRequest(core: SipCore, request: ReceivedRequest, localTag: string): Dialog {
  const { message, source } = request;
  const routes = headerValues(message, "Record-Route");
  const contact = contactOf(message);
  const dialog: Dialog = {
    callId: request.callId,
    localTag,
    remoteTag: request.fromTag ?? "",
    localAddress: `${header(message, "To")};tag=${localTag}`,
    remoteAddress: header(message, "From")!,
    localSeq: 0,
    remoteSeq: request.cseq.number,
    remoteTarget: contact ?? request.from.uri,
    routes,
    target: lasting(source),
    isPinned: pinned(core, routes, contact, source),
    locator: core.locator,
  };
  aim(dialog);
  return dialog;
}

/** A target refresh: re-INVITE or UPDATE moved the peer's Contact (RFC 3261 §12.2). */
export function refreshTarget(dialog: Dialog, message: { headers: HeaderList }): void {
  const contact = contactOf(message);
  if (contact === undefined || contact === dialog.remoteTarget) return;
  dialog.remoteTarget = contact;
  aim(dialog);
}

/** The 2xx decides the route set anew; an early dialog's was provisional (RFC 3261 §13.2.2.4). */
export function confirmDialog(dialog: Dialog, message: { headers: HeaderList }): void {
  dialog.routes = headerValues(message, "Record-Route").reverse();
  dialog.remoteTarget = contactOf(message) ?? dialog.remoteTarget;
  aim(dialog);
}

export interface DialogRequestParts {
  headers?: HeaderList;
  body?: Body;
  /** For ACK and CANCEL: the number of the request they belong to; else the next one is taken. */
  seq?: number;
}

/** Builds a request inside the dialog (RFC 3261 §12.2.1.1), strict routers included. */
export function dialogRequest(
  core: SipCore,
  dialog: Dialog,
  method: string,
  parts: DialogRequestParts = {},
): SipRequest {
  const seq = parts.seq ?? ++dialog.localSeq;
  const first = dialog.routes[0] === undefined ? undefined : parseNameAddr(dialog.routes[0]);
  const isStrict = first !== undefined && !parseUri(first.uri)?.params.has("lr");
  const uri = isStrict ? first.uri : dialog.remoteTarget;
  const routes = isStrict ? [...dialog.routes.slice(1), `<${dialog.remoteTarget}>`] : dialog.routes;
  const { headers: bodyHeaders, body } = bodyParts(parts.body);
  const headers: (readonly [string, string])[] = [
    ["Max-Forwards", "70"],
    ...routes.map((route) => ["Route", route] as const),
    ["From", dialog.localAddress],
    ["To", dialog.remoteAddress],
    ["Call-ID", dialog.callId],
    ["CSeq", `${seq} ${method}`],
    ...(parts.headers ?? []),
    ["User-Agent", core.userAgent],
    ...bodyHeaders,
  ];
  return { kind: "request", method, uri, headers, body };
}
