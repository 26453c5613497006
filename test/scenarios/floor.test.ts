import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../../tools/carrier/plan.ts";
import { callBed } from "../kit/call-bed.ts";
import { watchLive } from "../kit/live-client.ts";
import { person, Refused } from "../kit/person.ts";
import { brokenAtRest } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const talks: Plan = [{ do: "answer" }, { do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }];
const phone = "+8613800138096";

test("a supervisor forces states, moves agents and sends messages; agents see it, and nothing is lost by a reload", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const eve = await person(bed.database, bed.server.url, "eve", "administrator");
  const lea = await person(bed.database, bed.server.url, "lea", "supervisor");
  const one = await bed.seed.campaign({ phones: [phone], agents: [ana], summaryRequired: true });
  const two = await bed.seed.campaign({ phones: [], agents: [ben] });
  bed.carrier.behave(phone, talks);
  await Promise.all([ana.work(one.id), ben.work(two.id)]);
  using board = await watchLive(bed.server.url, eve, "agents", "sent-messages");
  using anaPage = await watchLive(bed.server.url, ana, "messages");
  const force = (act: object, ...userIds: number[]) => eve.ask("POST", "/floor/force", { userIds, act });
  const onBoard = (userId: number) => board.items["agents"]![userId];
  const told = () =>
    Object.values(anaPage.items["messages"]!).map(({ act, detail }) => `${act} ${detail.later}`);

  // A pause with its reason, on the board and at the desk; who has another scope is told so, one by one.
  const { results } = await force({ type: "pause", reasonId: 1 }, ana.userId, 999);
  assert.deepEqual(results, [
    { userId: ana.userId, code: null, later: false },
    { userId: 999, code: "agent-signed-out", later: false },
  ]);
  await until(
    "the board shows the pause and by whom",
    () => onBoard(ana.userId).cause === `by-user-${eve.userId}`,
  );
  assert.deepEqual([onBoard(ana.userId).state, onBoard(ana.userId).pauseReasonId], ["paused", 1]);
  await until("the agent is told", () => told().includes("pause false"));
  const notHers = await lea.ask("POST", "/floor/force", { userIds: [ana.userId], act: { type: "sign-out" } });
  assert.equal(notHers.results[0].code, "not-your-agent");
  await assert.rejects(
    ben.ask("POST", "/floor/force", { userIds: [ana.userId], act: { type: "ready" } }),
    Refused,
  );
  await assert.rejects(force({ type: "pause", reasonId: 999 }, ana.userId), { code: "pause-reason-unknown" });

  // Moved while they work: the other campaign's line can choose them from then on.
  const move = { userIds: [ben.userId], add: [one.id], remove: [two.id] };
  assert.deepEqual((await eve.ask("POST", "/floor/move", move)).results, [
    { userId: ben.userId, code: null, later: false },
  ]);
  const { campaigns } = await ben.state();
  assert.deepEqual(
    campaigns.map(({ id }) => id),
    [one.id],
  );
  await one.command("start");
  await ben.until("talking");

  // In a call a pause waits for its end; a supervisor ends the wrap-up, and what was written stays.
  assert.equal((await force({ type: "pause", reasonId: 1 }, ben.userId)).results[0].later, true);
  assert.equal((await ben.state()).next, "pause");
  assert.equal((await force({ type: "end-wrap-up" }, ben.userId)).results[0].code, "agent-not-in-wrap-up");
  await ben.command("hangup", {});
  const { call } = await ben.until("wrap-up");
  const draft = { dispositionId: null, form: {}, note: "half", callbackAt: null, final: false };
  await ben.command("summary", { callId: call!.callId, ...draft });
  assert.equal((await force({ type: "end-wrap-up" }, ben.userId)).results[0].code, null);
  await ben.until("paused");
  const unfinished = await ben.ask("GET", "/desk/unfinished");
  assert.deepEqual([unfinished.items[0].callId, unfinished.items[0].draft.note], [call!.callId, "half"]);

  // A message to one campaign; unread it is there for a new page, acknowledged it is gone, and its sender sees who.
  const text = "Please pause after this call.";
  const to = { type: "campaign", campaignId: one.id };
  const sent = await eve.ask("POST", "/floor/messages", { to, text });
  assert.equal(sent.recipients, 2);
  const nobody = eve.ask("POST", "/floor/messages", { to: { type: "campaign", campaignId: two.id }, text });
  await assert.rejects(nobody, { code: "nobody-there" });
  await until("the page shows it", () => anaPage.items["messages"]![sent.id]?.text === text);
  {
    using again = await watchLive(bed.server.url, ana, "messages");
    assert.equal(again.items["messages"]![sent.id].from, "eve");
  }
  await ana.ask("POST", `/desk/messages/${sent.id}/acknowledge`, { reply: "ok" });
  await assert.rejects(ben.ask("POST", `/desk/messages/999/acknowledge`, {}), { status: 404 });
  await until("it is gone from the page", () => anaPage.items["messages"]![sent.id] === undefined);
  await until("the sender sees who has read it", () => {
    const of = board.items["sent-messages"]![sent.id]?.recipients ?? [];
    const read = of.filter((r: { acknowledgedAt: string | null }) => r.acknowledgedAt !== null);
    return read.length === 1 && read[0].reply === "ok" && read[0].name === "ana";
  });

  // What the settings do not show is not told; the audit log has it all the same.
  const before = told().length;
  await eve.ask("PATCH", "/settings", { supervisionShown: [] });
  await force({ type: "ready" }, ana.userId);
  await ana.until("ready");
  await force({ type: "sign-out" }, ana.userId);
  await ana.until("signed-out");
  await until("the board has one agent less", () => onBoard(ana.userId) === undefined);
  assert.equal(told().length, before);
  const { rows } = await bed.database.pool.query<{ action: string; n: number }>(
    "select action, count(*)::int as n from audit_log where noun in ('user', 'message') and actor = 'eve' group by 1 order by 1",
  );
  assert.deepEqual(
    rows.map(({ action, n }) => `${action} ${n}`),
    [
      "agent.end-wrap-up 1",
      "agent.move 1",
      "agent.pause 2",
      "agent.ready 1",
      "agent.sign-out 1",
      "message.sent 1",
    ],
  );
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("how a supervisor looks at the floor is kept for them; what does not fit is refused", async () => {
  await using bed = await callBed();
  const eve = await person(bed.database, bed.server.url, "eve", "supervisor");
  const usual = await eve.ask("GET", "/floor/preferences");
  assert.deepEqual(usual.thresholds["wrap-up"], { on: true, seconds: 120 });
  const mine = {
    ...usual,
    view: "tiles",
    thresholds: { ...usual.thresholds, ready: { on: true, seconds: 90 } },
  };
  await eve.ask("PUT", "/floor/preferences", mine);
  assert.deepEqual(await eve.ask("GET", "/floor/preferences"), mine);
  await assert.rejects(eve.ask("PUT", "/floor/preferences", { ...mine, view: "globe" }), { status: 400 });
  const mia = await person(bed.database, bed.server.url, "mia", "supervisor");
  assert.deepEqual(await mia.ask("GET", "/floor/preferences"), usual);
});
