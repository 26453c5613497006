import { agentlessSettings } from "../../../shared/broadcasts.ts";
import { type CampaignInput, campaignInput } from "../../../shared/campaigns.ts";
import type { Tx } from "../../kernel/db.ts";
import { insertPrompt } from "../sounds/index.ts";
import { changeMessages, commandCampaign, createCampaign } from "../campaigns/index.ts";
import { peopleWhoListen } from "./people-to-call.ts";
import { insertLeads, insertList } from "./queries.ts";

const reminder =
  "{{name}}您好，这里是演示保险。您的{{product}}将于{{due|date}}到期。续保请按1，需要我们回电请按2，不希望再接到来电请按9。";

/** An agentless campaign on people who press keys, which needs no agent; paused until somebody starts it. */
export async function seedBroadcast(
  tx: Tx,
  base: Partial<CampaignInput>,
  managerId: number | null,
  at: Date,
): Promise<void> {
  const columns = [
    { key: "city", label: "城市 City" },
    { key: "product", label: "险种 Product" },
    { key: "due", label: "到期日 Due" },
  ];
  const name = "到期提醒名单 Reminder list";
  const listId = await insertList(tx, { name, country: "CN", columns, createdBy: managerId });
  await insertLeads(tx, listId, peopleWhoListen(60));
  const prompt = await insertPrompt(
    tx,
    { name: "到期提醒 Reminder", language: "zh", parts: [{ kind: "text", text: reminder }] },
    managerId,
  );
  const thanks = await insertPrompt(
    tx,
    {
      name: "续保登记 Renewal noted",
      language: "zh",
      parts: [{ kind: "text", text: "已为您登记续保，谢谢，再见。" }],
    },
    managerId,
  );
  const own = {
    name: "到期提醒 Reminders",
    mode: "agentless",
    note: "演示任务：播放语音，客户按键选择。不需要坐席签入；流程中加上转坐席的按键后，有坐席签入才会呼叫。",
  };
  const campaign = await createCampaign(
    tx,
    campaignInput.parse({ ...base, ...own, listIds: [listId] }),
    managerId,
  );
  const agentless = agentlessSettings.parse({
    concurrency: 10,
    callsPerSecond: 2,
    flow: {
      steps: [
        {
          do: "menu",
          prompt,
          waitMs: 5000,
          repeats: 1,
          keys: [
            {
              key: "1",
              label: "续保 Renew",
              steps: [
                ...campaign.dispositions
                  .filter(({ success }) => success)
                  .slice(0, 1)
                  .map(({ id }) => ({ do: "disposition" as const, dispositionId: id })),
                { do: "say", prompt: thanks },
              ],
            },
            {
              key: "2",
              label: "回电 Call me",
              steps: [{ do: "callback", afterMinutes: 120, prompt: "callback-noted" }],
            },
          ],
          wrongPrompt: null,
          noKey: [],
          wrongKey: [],
        },
      ],
      optOut: { key: "9", scope: "campaign", prompt: "opted-out" },
    },
  });
  await changeMessages(tx, campaign.id, { agentless });
  await commandCampaign(tx, campaign.id, "start", at);
  await commandCampaign(tx, campaign.id, "pause", at);
}
