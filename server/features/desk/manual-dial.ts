import type { DeskCommandBody } from "../../../shared/desk.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/db.ts";
import { AppError, conflict, invalid, notFound } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Calls, CallPlan } from "../calls/index.ts";
import { findCampaign } from "../campaigns/index.ts";
import { findCustomer, findCustomerByPhone } from "../customers/index.ts";
import { claimLead } from "../lists/index.ts";
import { speedDial } from "../speed-dials/index.ts";
import { readSettings } from "../settings/index.ts";

type Dial = DeskCommandBody<"dial">;

/** A number as typed, or the masked form of one that the record has. */
function numberOf(typed: string, known: readonly string[], country: string) {
  const unmasked = known.find((phone) => maskPhone(phone) === typed);
  const number = parsePhone(unmasked ?? typed, country);
  if (!number) throw invalid("phone-invalid", `${typed} is not a telephone number.`, { phone: typed });
  return number;
}

/** `*0nn` stands for a speed dial, whose number may be hidden from who dials it. */
async function spelledOut(tx: Tx, userId: number, dial: Dial): Promise<Dial> {
  const code = /^\*0(\d\d)$/.exec(dial.phone.trim())?.[1];
  const found = code === undefined ? undefined : await speedDial(tx, userId, Number(code));
  return found ? { ...dial, phone: found.phone } : dial;
}

async function planOf(tx: Tx, userId: number, callId: string, typed: Dial): Promise<CallPlan> {
  const { defaultCountry } = await readSettings(tx);
  const dial = await spelledOut(tx, userId, typed);
  const campaign = dial.campaignId === undefined ? null : ((await findCampaign(tx, dial.campaignId)) ?? null);
  if (dial.campaignId !== undefined && !campaign) throw notFound("campaign", dial.campaignId);
  const base = {
    callId,
    direction: "outbound",
    origin: "manual",
    campaign,
    agentUserId: userId,
    data: dial.data,
  } as const;
  if (dial.leadId !== undefined) {
    const lead = await claimLead(tx, dial.leadId, callId);
    if (!lead) throw conflict("lead-not-free", "This lead is in another call, or excluded.");
    const number = numberOf(dial.phone, lead.phones, defaultCountry);
    return {
      ...base,
      phone: number.e164,
      name: lead.name,
      timeZone: lead.phones.includes(number.e164) ? lead.timeZone : number.timeZone,
      listId: lead.listId,
      leadId: lead.id,
      customerId: lead.customerId,
      leadAttempts: lead.attempts,
    };
  }
  const customer = dial.customerId === undefined ? undefined : await findCustomer(tx, dial.customerId);
  const phones = customer?.phones.map(({ phone }) => phone) ?? [];
  const number = numberOf(dial.phone, phones, defaultCountry);
  const known = customer ?? (await findCustomerByPhone(tx, number.e164));
  return {
    ...base,
    phone: number.e164,
    name: known?.name ?? "",
    timeZone: customer?.timeZone ?? number.timeZone,
    listId: null,
    leadId: null,
    customerId: known?.id ?? null,
    leadAttempts: 0,
  };
}

/** `also` runs in the transaction in which the call is written down. */
export type ManualDial = (
  userId: number,
  dial: Dial,
  also?: (tx: Tx, callId: string) => Promise<void>,
) => Promise<void>;

/**
 * Click-to-dial: the agent is taken first, then the call goes through the door like any other. Errors:
 * `phone-invalid` 422, `lead-not-free` 409, the agent's own refusals 409, `dial-refused` 409 with `detail.rules`.
 */
export function createManualDial(deps: { agents: AgentRegistry; calls: Calls; clock: Clock }): ManualDial {
  const { agents, calls, clock } = deps;

  return async (userId, dial, also) => {
    const callId = newId(clock.now());
    const fed = agents.feed(userId, { type: "dial", callId });
    if (!fed.ok) throw conflict(fed.code, "You cannot dial now.", { state: agents.get(userId)?.state });
    try {
      const [placed] = await calls.placeCalls(async (tx) => {
        await also?.(tx, callId);
        return [await planOf(tx, userId, callId, dial)];
      }, callId);
      if (placed!.allowed) return;
      throw new AppError(
        "dial-refused",
        409,
        `This number may not be dialled now: ${placed!.refusedBy.join(", ")}.`,
        {
          rules: placed!.refusedBy,
          ...(placed!.barredBy !== null && { barredBy: placed!.barredBy }),
          retryAt: placed!.retryAt === null ? null : new Date(placed!.retryAt).toISOString(),
        },
      );
    } catch (error) {
      agents.feed(userId, { type: "call-failed", callId });
      throw error;
    }
  };
}
