/**
 * Brings a number outside to a conversation: it is a call of its own, placed through the one door, so that the gate is
 * asked about it and its record stands by itself.
 */
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/db.ts";
import { AppError, invalid } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { findCustomerByPhone } from "../customers/index.ts";
import { readSettings } from "../settings/index.ts";
import type { ActiveCall, CallPlan } from "./active-call.ts";
import type { Conversations } from "./conversations.ts";
import { findParty, outsideParty, type Purpose } from "./parties.ts";
import type { Door } from "./place-call.ts";
import type { CallRunner } from "./runner.ts";

async function planOf(
  tx: Tx,
  callId: string,
  call: ActiveCall,
  typed: string,
  own: boolean,
): Promise<CallPlan> {
  const { defaultCountry } = await readSettings(tx);
  const number = parsePhone(typed, defaultCountry);
  if (!number) throw invalid("phone-invalid", `${typed} is not a telephone number.`, { phone: typed });
  const known = await findCustomerByPhone(tx, number.e164);
  return {
    callId,
    forCallId: call.id,
    ...(own && { atAnyHour: true }),
    ...(call.core.agentUserId !== null && { askedBy: call.core.agentUserId }),
    direction: "outbound",
    origin: "transfer",
    phone: number.e164,
    name: known?.name ?? "",
    timeZone: number.timeZone,
    campaign: null,
    listId: null,
    leadId: null,
    customerId: known?.id ?? null,
    leadAttempts: 0,
    agentUserId: null,
  };
}

/**
 * Invites the number; its party is there at once, and gone when nothing comes of it. Errors: `phone-invalid` 422,
 * `dial-refused` 409 with `detail.rules`, and what `parties.ts` refuses.
 */
export type InviteNumber = (
  call: ActiveCall,
  phone: string,
  purpose: Purpose,
  options?: {
    /** Learns the id of its call before anything else can happen to it. */
    placed?: (callId: string) => void;
    /** Somebody has their own calls sent to it, also at night. */
    own?: boolean;
  },
) => Promise<string>;

export function createInviteNumber(deps: {
  conversations: Conversations;
  runner: CallRunner;
  door: () => Door;
  clock: Clock;
}): InviteNumber {
  const { conversations, runner, clock } = deps;

  /** Nothing came of it: whoever was to be brought is out again. */
  function withdraw(call: ActiveCall, callId: string, data: Record<string, unknown>): void {
    const id = outsideParty(callId);
    if (findParty(call.conversation, id))
      conversations.step(call, { type: "gone", id }, { type: "party-failed", data: { callId, ...data } });
  }

  return async (call, phone, purpose, { placed, own = false } = {}) => {
    const callId = newId(clock.now());
    placed?.(callId);
    const kind = { type: "outside", callId } as const;
    conversations.step(
      call,
      { type: "bring", kind, role: "guest", state: "invited", purpose },
      { type: "party-invited", data: { callId, purpose } },
    );
    try {
      const [answer] = await deps
        .door()
        .placeCalls(async (tx) => [await planOf(tx, callId, call, phone, own)]);
      if (!answer!.allowed) {
        const { refusedBy: rules, retryAt, barredBy } = answer!;
        throw new AppError("dial-refused", 409, `This number may not be dialled now: ${rules.join(", ")}.`, {
          rules,
          ...(barredBy !== null && { barredBy }),
          retryAt: retryAt === null ? null : new Date(retryAt).toISOString(),
        });
      }
    } catch (error) {
      withdraw(call, callId, { cause: error instanceof AppError ? error.code : "error" });
      throw error;
    }
    // Dropped, or the call is over, while the gate was asked.
    if (!findParty(call.conversation, outsideParty(callId)))
      runner.feed(callId, { type: "hang-up", by: "system", cause: "cancelled" });
    return callId;
  };
}
