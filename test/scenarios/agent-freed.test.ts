import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { mediaProcesses } from "../kit/media-processes.ts";
import { brokenAtRest, callsTo } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phones = ["+8613800138301", "+8613800138302", "+8613800138303"];

test("a claim, a call's row, the media process are lost under an agent: each time the agent is freed and reads why", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones, agents: [ana], mode: "preview", wrapUpLimitMs: 0 });
  const { pool } = bed.database;
  const history = async () => {
    const { rows } = await pool.query<{ state: string; cause: string }>(
      "select state, cause from agent_events where user_id = $1 order by id",
      [ana.userId],
    );
    return rows.map(({ state, cause }) => `${state} by ${cause}`);
  };
  const freedBy = (why: string) =>
    until(`history names ${why}`, async () => (await history()).some((line) => line.endsWith(why)));
  await ana.work(campaign.id);
  await campaign.command("start");

  // The record that is shown is nobody's any more.
  await ana.until("preview");
  await pool.query("delete from lead_claims");
  await freedBy("record-not-held");
  const told = await until("the desk tells it", async () => (await ana.state()).notice);
  assert.deepEqual([told.code, told.detail], ["agent-freed", { why: "record-not-held", was: "preview" }]);

  // The row of the call is gone while they talk: the talk goes on, and its end holds nobody.
  const { preview } = await ana.until("preview");
  const coming = bed.carrier.nextCall(preview!.lead.phone);
  await ana.command("preview-dial", {});
  const customer = await coming;
  customer.answer();
  const talk = await ana.until("talking");
  await until(
    "the talk is written down",
    async () => (await callsTo(bed.database, preview!.lead.phone))[0]?.connected_at,
  );
  await pool.query("delete from recordings where call_id = $1", [talk.call!.callId]);
  await pool.query("delete from calls where id = $1", [talk.call!.callId]);
  customer.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  await ana.until("preview");

  // The media process dies while it rings.
  const { preview: next } = await ana.state();
  const ringing = bed.carrier.nextCall(next!.lead.phone);
  await ana.command("preview-dial", {});
  await ringing;
  const before = (await history()).length;
  process.kill(mediaProcesses()[0]!, "SIGKILL");
  await until("they are out of that call", async () => (await history()).length > before);
  const after = await until("and at work again", async () => {
    const state = await ana.state();
    return ["ready", "preview"].includes(state.state) && state.legUp && state;
  });
  assert.equal(after.call, null);

  await ana.command("sign-out", {});
  await ana.until("signed-out");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
