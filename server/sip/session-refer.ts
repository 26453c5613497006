import { fromWireText } from "./grammar.ts";
import { header, headerLines, type SipRequest } from "./message.ts";
import { bodyOf } from "./multipart.ts";
import { parseNameAddr } from "./name-addr.ts";
import { reasonPhrase } from "./reason-phrases.ts";
import type { ReceivedRequest } from "./received.ts";
import { parseReplaces } from "./replaces.ts";
import { responseTo } from "./response.ts";
import { stackOutcome } from "./send-request.ts";
import { contactHeader, emit, type SessionState } from "./session-state.ts";
import { formatSipFragment, parseSipFragment, type SipFragment } from "./sipfrag.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type { HeaderList, Referral, SipResponseInfo } from "./types.ts";
import { formatUri, parseUri, userOf } from "./uri.ts";

/** How long a result may take: a long ring and something more. It is also the lifetime of the subscription. */
const referralSeconds = 180;

type Asked = Pick<Referral, "uri" | "user" | "replaces" | "headers">;

/** Reads Refer-To with what it carries (RFC 3515 §2.1, RFC 3891 §3), and Referred-By (RFC 3892). A status when it cannot be taken. */
function readReferral(request: SipRequest): Asked | number {
  const lines = headerLines(request, "Refer-To");
  const value = lines.length === 1 ? lines[0]! : "";
  const address = parseNameAddr(value) ?? parseNameAddr(`<${value}>`);
  const uri = address && parseUri(address.uri);
  if (!uri) return 400;
  const method = uri.params.get("method") ?? "INVITE";
  if (method.toUpperCase() !== "INVITE") return 501;
  uri.params.delete("method");
  const headers: [string, string][] = [];
  const carried = new URLSearchParams((uri.headers ?? "").replaceAll("+", "%2B"));
  const replacesValue = [...carried].find(([name]) => name.toLowerCase() === "replaces")?.[1];
  const replaces = replacesValue === undefined ? undefined : parseReplaces(replacesValue);
  if (replacesValue !== undefined && !replaces) return 400;
  if (replacesValue !== undefined) headers.push(["Replaces", replacesValue]);
  const referredBy = header(request, "Referred-By");
  if (referredBy !== undefined) headers.push(["Referred-By", referredBy]);
  delete uri.headers;
  return { uri: formatUri(uri), user: fromWireText(userOf(uri)), replaces, headers };
}

/** A REFER came: it is told, and its owner accepts or refuses it and tells how it goes on. */
export function referred(
  state: SessionState,
  request: ReceivedRequest,
  transaction: ServerTransaction,
): void {
  const { message, cseq } = request;
  const isFirst = ++state.referCount === 1;
  const refuse = (status: number) => transaction.respond(responseTo(message, status));
  if (state.phase === "early") return refuse(403);
  if (state.phase !== "open") return refuse(481);
  if (state.theirReferral) return refuse(491);
  const asked = readReferral(message);
  if (typeof asked === "number") return refuse(asked);
  // RFC 4488 §4: the peer may do without the subscription.
  const isSilent = header(message, "Refer-Sub")?.trim().toLowerCase() === "false";
  let phase: "asked" | "accepted" | "over" = "asked";
  let last: Promise<unknown> = Promise.resolve();
  state.theirReferral = true;
  const finish = () => {
    phase = "over";
    state.theirReferral = false;
  };

  /** One after the other, so that the wire cannot change their order. */
  function notify(status: number, reason: string): void {
    if (isSilent) return;
    const subscription = status < 200 ? `active;expires=${referralSeconds}` : "terminated;reason=noresource";
    const headers: HeaderList = [
      contactHeader(state),
      ["Event", isFirst ? "refer" : `refer;id=${cseq.number}`],
      ["Subscription-State", subscription],
    ];
    const body = formatSipFragment({ status, reason });
    last = last.then(() => state.request("NOTIFY", { headers, body }));
  }

  function accept(): void {
    if (phase !== "asked") return;
    phase = "accepted";
    const headers: HeaderList = [
      contactHeader(state),
      ...(isSilent ? [["Refer-Sub", "false"] as const] : []),
    ];
    transaction.respond(responseTo(message, 202, { headers }));
    notify(100, reasonPhrase(100));
  }

  const referral: Referral = {
    ...asked,
    accept,
    refuse(status) {
      if (phase !== "asked") return;
      finish();
      refuse(status);
    },
    progress(status, reason = reasonPhrase(status)) {
      accept();
      if (phase === "over") return;
      if (status >= 200) finish();
      notify(status, reason);
    },
  };
  if (!emit(state, "refer", referral)) referral.refuse(603);
}

/** A NOTIFY came: of our own REFER, or of nothing we know (RFC 6665 §4.1.3: 481 ends it). */
export function notified(
  state: SessionState,
  { message }: ReceivedRequest,
  transaction: ServerTransaction,
): void {
  const event = (header(message, "Event") ?? "").split(";", 1)[0]!.trim().toLowerCase();
  if (event !== "refer" || !state.ourReferral) {
    transaction.respond(responseTo(message, event === "refer" ? 481 : 489));
    return;
  }
  transaction.respond(responseTo(message, 200, { headers: [contactHeader(state)] }));
  const isOver = /^\s*terminated/i.test(header(message, "Subscription-State") ?? "");
  state.ourReferral(parseSipFragment(bodyOf(message)), isOver);
}

/**
 * Asks the peer to call `referTo` (RFC 3515). Resolves with the refusal, with the final status the peer tells,
 * or with 202 when it took the request and never told (RFC 4488, or it hung up first). Never rejects.
 */
export async function sendRefer(
  state: SessionState,
  referTo: string,
  extra: HeaderList,
  onProgress: (status: SipFragment) => void,
): Promise<SipResponseInfo> {
  if (state.phase !== "open") return stackOutcome(481);
  if (state.ourReferral) return stackOutcome(491);
  const told = Promise.withResolvers<SipResponseInfo>();
  state.ourReferral = (fragment, isOver) => {
    if (fragment && fragment.status >= 200) told.resolve({ ...fragment, headers: [] });
    else if (isOver) told.resolve(stackOutcome(202));
    else if (fragment) onProgress(fragment);
  };
  const limit = state.core.clock.after(referralSeconds * 1000, () => told.resolve(stackOutcome(408)));
  try {
    const outcome = await state.request("REFER", {
      headers: [contactHeader(state), ["Refer-To", `<${referTo}>`], ...extra],
    });
    if (outcome.status >= 300) return outcome;
    const sub = outcome.received && header(outcome.received.message, "Refer-Sub");
    if (sub?.trim().toLowerCase() === "false") return outcome;
    return await told.promise;
  } finally {
    limit.cancel();
    state.ourReferral = undefined;
  }
}
