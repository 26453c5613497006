import type { z } from "zod";
import { answeringSettings } from "../../shared/answering.ts";
import type { Plan } from "../../tools/carrier/plan.ts";
import type { CallBed } from "./call-bed.ts";

/** Who may answer a call, for the carrier. */
export const pickUp: Plan = [
  { do: "ring" },
  { do: "wait", ms: 50 },
  { do: "answer" },
  { do: "wait", ms: 250 },
];
export const person: Plan = [...pickUp, { do: "play", sound: "hello-zh-1" }, { do: "wait", ms: 60_000 }];
export const voicemail: Plan = [...pickUp, { do: "play", sound: "voicemail-zh" }, { do: "stay" }];

export const verdictOf = (bed: CallBed, callId: string) =>
  bed.database.db.selectFrom("answer_verdicts").selectAll().where("call_id", "=", callId).executeTakeFirst();

/** What machines are left; its id. */
export async function messagePrompt(bed: CallBed): Promise<number> {
  // Some seconds of it: a loaded machine listens in windows.
  const parts = Array.from({ length: 8 }, () => ({ kind: "tone", signal: "busy" }));
  const { id } = await bed.manager.ask("POST", "/prompts", { name: "message", language: "zh", parts });
  return id as number;
}

/** A progressive campaign of one agent, who owes no summary; who answers is told apart as the settings say. */
export const sortingCampaign = (
  bed: CallBed,
  agent: Awaited<ReturnType<CallBed["agent"]>>,
  phones: readonly string[],
  settings: z.input<typeof answeringSettings>,
) =>
  bed.seed.campaign({
    phones,
    agents: [agent],
    mode: "progressive",
    summaryRequired: false,
    wrapUpLimitMs: 0,
    answering: answeringSettings.parse({ enabled: true, ...settings }),
  });
