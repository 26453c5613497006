import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall, leadOf } from "../kit/story.ts";

const phones = ["+8613800138120", "+8613800138121", "+8613800138122"] as const;
const hour = 3_600_000;

test("a result does what it says: its own retry with an end, do-not-call for a while, a ticket asked for once, another list", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const { listId: other } = await bed.seed.list(["+8613800138129"]);
  const leaf = { success: false, children: [] };
  const campaign = await bed.seed.campaign({
    phones: [...phones],
    agents: [ana],
    summaryRequired: false,
    form: [{ key: "model", label: "Model", type: "text", required: false, options: [] }],
    dispositions: [
      {
        ...leaf,
        label: "no time",
        effect: "retry",
        does: { retry: { delayMs: 2 * hour, tries: 1, number: "same" }, listId: other },
      },
      {
        ...leaf,
        label: "not us",
        effect: "do-not-call",
        does: { doNotCall: { scope: "campaign", numbers: "all", days: 30 } },
      },
      {
        ...leaf,
        label: "broken",
        effect: "done",
        // What belongs to another effect is not kept.
        does: {
          ticket: { title: "Repair", category: "service" },
          doNotCall: { scope: "campaign", numbers: "all", days: 1 },
        },
      },
    ],
  });
  const { pool } = bed.database;
  await pool.query("update leads set more_phones = '{+8613800138128}' where id = $1", [campaign.leadIds[1]]);
  const ids = campaign.dispositions;
  const talk = async (phone: string, label: string, form = {}) => {
    const coming = bed.carrier.nextCall(phone);
    await campaign.command("start");
    const call = await coming;
    call.answer();
    const { callId } = (await ana.until("talking")).call!;
    const draft = { callId, dispositionId: ids[label]!, form, note: "", callbackAt: null };
    call.hangup();
    await ana.until("wrap-up");
    // Nothing else is dialled until the next part.
    await campaign.command("pause");
    await ana.command("summary", { ...draft, final: true });
    return callId;
  };
  const eventsOf = async (callId: string) => {
    const { rows } = await pool.query(
      "select type, data from call_events where call_id = $1 and type in ('ticket-requested', 'lead-listed') order by id",
      [callId],
    );
    return rows as { type: string; data: Record<string, unknown> }[];
  };
  await ana.work(campaign.id);

  const first = await talk(phones[0], "no time");
  const { ended_at: ended } = await closedCall(bed.database, phones[0]);
  const retried = await leadOf(bed.database, campaign.leadIds[0]!);
  assert.equal(retried.status, "ready");
  const laterMs = Number(retried.due_at) - Number(ended);
  assert.ok(laterMs >= 2 * hour && laterMs < 2 * hour + 600_000, `${laterMs} ms later`);
  assert.deepEqual(await eventsOf(first), [{ type: "lead-listed", data: { listId: other } }]);
  const { rows: copies } = await pool.query(
    "select origin_lead_id::int as origin from leads where list_id = $1 and phone = $2",
    [other, phones[0]],
  );
  assert.deepEqual(copies, [{ origin: campaign.leadIds[0] }]);

  await talk(phones[1], "not us");
  const { items } = await bed.manager.ask("GET", "/do-not-call");
  const forbidden = items as { phone: string; campaign: { id: number } | null; expiresAt: string | null }[];
  assert.deepEqual(forbidden.map(({ phone }) => phone).sort(), [phones[1], "+8613800138128"]);
  assert.ok(forbidden.every((item) => item.expiresAt !== null && item.campaign?.id === campaign.id));

  const third = await talk(phones[2], "broken", { model: "X200" });
  await closedCall(bed.database, phones[2]);
  const asked = {
    dispositionId: ids["broken"],
    title: "Repair",
    category: "service",
    disposition: ["broken"],
    fields: [{ key: "model", label: "Model", value: "X200" }],
  };
  assert.deepEqual(await eventsOf(third), [{ type: "ticket-requested", data: asked }]);

  // Its tries are used up: chosen once more, the lead is done.
  await pool.query("update leads set due_at = now() where id = $1", [campaign.leadIds[0]]);
  await talk(phones[0], "no time");
  await closedCall(bed.database, phones[0], 2);
  const over = await leadOf(bed.database, campaign.leadIds[0]!);
  assert.deepEqual([over.status, over.status_reason], ["done", "tries"]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
