import type { z } from "zod";
import { type DeskCommand, type DeskCommandBody, type DeskState, deskState } from "../../../shared/desk.ts";
import type { EmbedCommand, EmbedCommands } from "../../../shared/embed.ts";
import { api, ApiError } from "../../lib/api.ts";
import { embedStateOf, type EmbedDesk } from "./embed-state.ts";

/** What commands need of the desk as it is when they come. */
export interface CommandDesk extends EmbedDesk {
  deskId: string;
  setMuted: (on: boolean) => void;
}

const refused = (code: string, message: string) => new ApiError(0, code, message);

/** By its id, or by its name among those this agent works in. */
function campaignOf({ state }: CommandDesk, wanted: unknown): number | undefined {
  if (wanted === undefined || wanted === null) return undefined;
  const found = state.campaigns.find(({ id, name }) => id === wanted || name === wanted);
  if (!found) throw refused("no-such-campaign", `You do not work in the campaign ${JSON.stringify(wanted)}.`);
  return found.id;
}

/** By its id, code or label; without one, the first. */
function reasonOf({ pauseReasons }: CommandDesk, wanted: unknown): number {
  const found = pauseReasons.find(
    ({ id, code, label }) => wanted === undefined || [id, code, label].includes(wanted as never),
  );
  if (!found) throw refused("no-such-reason", `There is no pause reason ${JSON.stringify(wanted)}.`);
  return found.id;
}

/** Carries out what the other page asks, as this desk. Throws `ApiError` with what the agent would be told. */
export async function carryOut(
  desk: CommandDesk,
  command: EmbedCommand,
  args: Record<string, unknown>,
): Promise<EmbedCommands[EmbedCommand][1]> {
  const post = <C extends DeskCommand>(
    name: C,
    body: DeskCommandBody<C>,
  ): Promise<z.output<typeof deskState>> =>
    api.post(`/desk/${name}`, deskState, body, { "x-desk-id": desk.deskId });
  const told = (state: DeskState) => embedStateOf({ ...desk, state });
  const on = args["on"] === true;
  if (command === "state") return told(desk.state);
  if (!desk.inCharge)
    throw desk.state.state === "signed-out"
      ? refused("signed-out", "Nobody is signed in at the desk.")
      : refused("elsewhere", "Another desk of this agent is in charge.");
  switch (command) {
    case "dial": {
      const { phone, campaign, leadId, customerId, data } = args as EmbedCommands["dial"][0];
      const campaignId = campaignOf(desk, campaign);
      const body = { phone, campaignId, leadId, customerId, data } as DeskCommandBody<"dial">;
      const { call } = await post("dial", body);
      if (!call) throw refused("gone", "The call was over before it was told.");
      return { callId: call.callId };
    }
    case "setState":
      if (args["state"] === "ready") return told(await post("ready", {}));
      if (args["state"] === "signed-out") return told(await post("sign-out", {}));
      return told(await post("pause", { reasonId: reasonOf(desk, args["reason"]) }));
    case "hangup":
      return told(await post("hangup", {}));
    case "hold":
      return told(await post("hold", { on }));
    case "mute":
      desk.setMuted(on);
      return { ...told(desk.state) };
    case "dtmf":
      return told(await post("dtmf", { digits: String(args["digits"]) }));
    default:
      throw refused("no-such-command", `There is no command ${String(command)}.`);
  }
}
