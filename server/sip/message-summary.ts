/**
 * Tells phones of the messages that wait for them (RFC 3842 over RFC 6665), each phone as long as it asks for it.
 *
 *   asked ── its user's own, in time ──▶ active ── Expires: 0, not asked again in time, or the phone knows nothing of it ──▶ over
 *     └── refused: 489 another event, 403 of somebody else, 423 too short        every change: one NOTIFY, the newest counts
 */
import type { Timer } from "../kernel/clock.ts";
import type { SipCore } from "./core.ts";
import { type Dialog, dialogKey, dialogOfRequest, dialogRequest, refreshTarget } from "./dialog.ts";
import { parseDecimal } from "./grammar.ts";
import { header } from "./message.ts";
import type { ReceivedRequest } from "./received.ts";
import { responseTo } from "./response.ts";
import { sendOnce } from "./send-request.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import type { HeaderList, WaitingMessages } from "./types.ts";
import { parseUri, userOf } from "./uri.ts";

/** Seconds. */
const limits = { min: 60, max: 3_600, default: 3_600 };
/** Of one user: a phone that forgets and asks anew leaves some behind. */
const mostOfUser = 10;
const event = "message-summary";

interface Subscription {
  readonly user: string;
  readonly dialog: Dialog;
  expiresAt: number;
  timer: Timer | undefined;
  /** A NOTIFY is under way; `again`: something changed meanwhile. */
  busy: boolean;
  again: boolean;
}

export interface MessageSummaries {
  /** A SUBSCRIBE of this authenticated user. */
  subscribe(user: string, request: ReceivedRequest, transaction: ServerTransaction): void;
  /** What waits for this user from now on; phones that ask are told. */
  set(user: string, waiting: WaitingMessages): void;
}

/** RFC 3842 §5.2. */
const bodyOf = ({ unheard, heard }: WaitingMessages): string =>
  `Messages-Waiting: ${unheard > 0 ? "yes" : "no"}\r\nVoice-Message: ${unheard}/${heard} (0/0)\r\n`;

const keyOf = ({ callId, localTag, remoteTag }: Dialog) => dialogKey(callId, localTag, remoteTag);

export function createMessageSummaries(core: () => SipCore): MessageSummaries {
  const subscriptions = new Map<string, Subscription>();
  const waiting = new Map<string, WaitingMessages>();
  const none: WaitingMessages = { unheard: 0, heard: 0 };

  function end(subscription: Subscription): void {
    subscription.timer?.cancel();
    subscriptions.delete(keyOf(subscription.dialog));
  }

  async function send(subscription: Subscription): Promise<void> {
    const { dialog, user } = subscription;
    const seconds = Math.ceil((subscription.expiresAt - core().clock.now()) / 1000);
    const isActive = seconds > 0;
    if (!isActive) end(subscription);
    const headers: HeaderList = [
      ["Contact", `<${core().contactUri(dialog.target, user)}>`],
      ["Event", event],
      ["Subscription-State", isActive ? `active;expires=${seconds}` : "terminated;reason=timeout"],
    ];
    const body = { type: "application/simple-message-summary", content: bodyOf(waiting.get(user) ?? none) };
    const { status } = await sendOnce(
      core(),
      dialogRequest(core(), dialog, "NOTIFY", { headers, body }),
      dialog.target,
    );
    // Who knows nothing of it, or says nothing, is told no more (RFC 6665 §4.2.2).
    if (status >= 300 && status !== 500 && status !== 503) end(subscription);
  }

  function notify(subscription: Subscription): void {
    if (subscription.busy) return void (subscription.again = true);
    subscription.busy = true;
    send(subscription)
      .catch((error: unknown) =>
        core().log.warn({ err: error, user: subscription.user }, "sip: no message summary"),
      )
      .finally(() => {
        subscription.busy = false;
        const again = subscription.again && subscriptions.has(keyOf(subscription.dialog));
        subscription.again = false;
        if (again) notify(subscription);
      });
  }

  function last(subscription: Subscription, seconds: number): void {
    subscription.timer?.cancel();
    subscription.expiresAt = core().clock.now() + seconds * 1000;
    if (seconds > 0) subscription.timer = core().clock.after(seconds * 1000, () => notify(subscription));
  }

  function begin(user: string, request: ReceivedRequest, localTag: string): Subscription {
    const own = [...subscriptions.values()].filter((subscription) => subscription.user === user);
    if (own.length >= mostOfUser) end(own[0]!);
    const dialog = dialogOfRequest(core(), request, localTag);
    const made = { user, dialog, expiresAt: 0, timer: undefined, busy: false, again: false };
    subscriptions.set(keyOf(dialog), made);
    return made;
  }

  return {
    subscribe(user, request, transaction) {
      const { message } = request;
      const localTag = request.toTag ?? core().random.hex(8);
      const answer = (status: number, headers: HeaderList = []) =>
        transaction.respond(responseTo(message, status, { toTag: localTag, headers }));
      const asked = (header(message, "Event") ?? "").split(";", 1)[0]!.trim().toLowerCase();
      if (asked !== event) return answer(489, [["Allow-Events", event]]);
      const known = subscriptions.get(dialogKey(request.callId, localTag, request.fromTag ?? ""));
      if (request.toTag !== undefined && !known) return answer(481);
      if (known ? known.user !== user : userOf(parseUri(request.to.uri)) !== user) return answer(403);
      if (known && request.cseq.number <= known.dialog.remoteSeq) return answer(500);
      const wanted = parseDecimal(header(message, "Expires"), 2 ** 32 - 1) ?? limits.default;
      if (wanted > 0 && wanted < limits.min) return answer(423, [["Min-Expires", String(limits.min)]]);
      const subscription = known ?? begin(user, request, localTag);
      const { dialog } = subscription;
      dialog.remoteSeq = request.cseq.number;
      refreshTarget(dialog, message);
      const seconds = Math.min(wanted, limits.max);
      last(subscription, seconds);
      answer(200, [
        ["Contact", `<${core().contactUri(dialog.target, user)}>`],
        ["Expires", String(seconds)],
      ]);
      return notify(subscription);
    },
    set(user, now) {
      const before = waiting.get(user) ?? none;
      if (before.unheard === now.unheard && before.heard === now.heard) return;
      waiting.set(user, now);
      for (const subscription of subscriptions.values()) if (subscription.user === user) notify(subscription);
    },
  };
}
