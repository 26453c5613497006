import type { BoxRow, MessageRow } from "../../shared/voicemail.ts";
import { everyDay } from "../../shared/week.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import type { BedAgent } from "./bed-agent.ts";
import { type CallBed, callBed, type CallBedOptions } from "./call-bed.ts";
import { until } from "./until.ts";

/** Ben's direct number leads to his box, and callers say a tone. */
export const direct = "+8675512340001";
export const callerHz = 1900;
/** What a carrier's tone is sent with. */
export const sentDbm0 = -13;

export async function voicemailOffice(options?: CallBedOptions) {
  const bed = await callBed(options);
  const ben = await bed.agent("ben");
  await bed.seed.trunk();
  await bed.manager.ask("PUT", `/users/${ben.userId}/direct-number`, { directNumber: direct });
  await bed.database.db.updateTable("users").set({ extension: "102" }).where("id", "=", ben.userId).execute();
  await ben.ask("PUT", "/forwarding", { always: { type: "voicemail" } });
  const callIn = (from: string, to = direct) =>
    bed.carrier.callIn({
      from,
      to,
      target: { transport: "udp", ...bed.server.sip },
      plan: [{ do: "talk", sound: { tonesHz: [callerHz] }, ms: 60_000 }],
    });
  return { bed, ben, callIn };
}

/** Two seconds are said, and it is a message. */
export async function leaveMessage(bed: CallBed, ben: BedAgent, call: CarrierCall): Promise<MessageRow> {
  await until("it is recorded", async () =>
    bed.database.db.selectFrom("recordings").select("id").where("state", "=", "recording").executeTakeFirst(),
  );
  const { packets } = call.stream!.received;
  await until("two seconds are said", () => call.stream!.received.packets > packets + 100);
  call.hangup();
  return until("it is a message", async () => {
    const { items }: { items: MessageRow[] } = await ben.ask("GET", "/voicemail/messages");
    return items.find(({ phone }) => phone === call.from);
  });
}

export async function ownBoxOf(ben: BedAgent): Promise<BoxRow> {
  const { items }: { items: BoxRow[] } = await ben.ask("GET", "/voicemail/boxes");
  return items.find(({ userId }) => userId === ben.userId)!;
}

/** His box calls this telephone around the clock, twice in vain. */
export async function callsOut(ben: BedAgent, to: string): Promise<void> {
  const { id } = await ownBoxOf(ben);
  const callOut = { to, hours: everyDay(["00:00", "24:00"]), tries: 2, pauseMinutes: 60 };
  await ben.ask("PUT", `/voicemail/boxes/${id}`, { callOut });
}

/** What the far end hears is this tone. */
export const farHears = (what: string, call: CarrierCall, hz: number) =>
  until(what, async () => {
    const heard = await call.stream?.listen(200);
    return heard !== undefined && heard.toneDbm0(hz) > sentDbm0 - 3;
  });
