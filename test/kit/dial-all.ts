import type { CarrierCall } from "../../tools/carrier/call.ts";
import type { BedAgent } from "./bed-agent.ts";
import type { CallBed } from "./call-bed.ts";

interface Dialled {
  agent: BedAgent;
  campaign: { id: number; command(name: "start"): Promise<unknown> };
  phones: readonly string[];
}

/** The agent goes to work, the campaign starts, and all these numbers are called at once: their calls, in order. */
export async function dialAll(bed: CallBed, { agent, campaign, phones }: Dialled): Promise<CarrierCall[]> {
  const coming = phones.map((phone) => bed.carrier.nextCall(phone));
  await agent.work(campaign.id);
  await campaign.command("start");
  return Promise.all(coming);
}

/** Two are called for one agent: the first talks with them, the second has answered and waits. */
export async function oneTalksOneWaits(bed: CallBed, dialled: Dialled): Promise<[CarrierCall, CarrierCall]> {
  const [first, second] = await dialAll(bed, dialled);
  if (!first || !second) throw new Error("Two numbers are asked for.");
  first.answer();
  await dialled.agent.until("talking");
  second.answer();
  return [first, second];
}
