import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { person, Refused } from "../kit/person.ts";
import { queueBed } from "../kit/queue-bed.ts";
import { until } from "../kit/until.ts";
import { watchWall } from "../kit/wall-client.ts";

const phone = "+8613800138077";
const number = (id: string, campaignId: number | null = null) => ({
  id,
  width: 3,
  height: 2,
  type: "number",
  figure: "ready",
  campaignId,
});

const refusedWith = (status: number, code: string) => (error: unknown) =>
  error instanceof Refused && error.status === status && error.code === code;

test("a screen shows its boards by push and counts as reports do, holds no number, and is cut at once when it is revoked", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  const campaign = await bed.seed.campaign({ phones: [phone], agents: [ana] });
  const { manager } = bed;
  const board = await manager.ask("POST", "/wallboards", {
    name: "Hall",
    unitId: null,
    widgets: [number("w1"), number("w2", campaign.id)],
  });
  const input = { name: "East", boardIds: [board.id], seconds: 10, theme: "dark", language: "en" };
  const { id, token } = await manager.ask("POST", "/wall-screens", input);
  const { rows } = await bed.database.pool.query("select token_hash from wall_screens");
  assert.notEqual(rows[0].token_hash, token, "a secret is not stored");

  using wall = await watchWall(bed.server.url, token);
  assert.deepEqual(wall.items["screen"]!["me"].boards[0].name, "Hall");
  const keys = ["0:0", `0:${campaign.id}`];
  for (const topic of ["wall-live", "wall-day"]) assert.deepEqual(Object.keys(wall.items[topic]!), keys);
  const coming = bed.carrier.nextCall(phone);
  await ana.work(campaign.id);
  await until("the wall sees her ready", () => wall.items["wall-live"]!["0:0"].ready === 1);
  await campaign.command("start");
  const customer = await coming;
  customer.answer();
  await until("and talking", () => wall.items["wall-live"]![keys[1]!]?.talking === 1);
  customer.hangup();
  await ana.finish(campaign.dispositions["sold"]);
  await until("and the day counts the call", () => wall.items["wall-day"]![keys[1]!]?.totals.success === 1);
  const today = wall.items["wall-day"]![keys[1]!];
  const day = today.asOf.slice(0, 10);
  const from = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const report = await manager.ask("GET", `/reports/calls?from=${from}&to=${to}&campaignId=${campaign.id}`);
  assert.deepEqual([today.totals.live, today.totals.inTime], [report.totals.live, report.totals.inTime]);
  assert.doesNotMatch(JSON.stringify(wall.messages), /138\d*8077|\*{4}8077/, "no number, masked or not");

  wall.subscribe("wall-live");
  const snapshots = () => wall.messages.filter((m) => m.type === "snapshot" && m.topic === "wall-live");
  await until("who missed something is told everything again", () => snapshots().length === 2);
  const seqs = wall.messages.flatMap((m) => ("seq" in m && m.topic === "wall-live" ? [m.seq] : []));
  assert.deepEqual(
    seqs,
    seqs.map((_, i) => i + 1),
  );
  wall.subscribe("agents");
  await until("other topics are not there", () =>
    wall.messages.some((m) => m.type === "refused" && m.topic === "agents" && m.code === "unknown-topic"),
  );

  const renewed = await manager.ask("POST", `/wall-screens/${id}/link`, {});
  assert.equal(await wall.closed(), 4001);
  using old = await watchWall(bed.server.url, token);
  assert.deepEqual(old.messages[0], { type: "refused", topic: "screen", code: "screen-revoked" });
  using again = await watchWall(bed.server.url, renewed.token);
  await manager.ask("PUT", `/wallboards/${board.id}`, { ...board, name: "Foyer" });
  assert.equal(await again.closed(), 4001, "what it shows is another board: it starts over");
  await assert.rejects(
    manager.ask("PUT", `/wallboards/${board.id}`, { ...board, name: "Late" }),
    refusedWith(409, "wallboard-changed"),
  );
  using last = await watchWall(bed.server.url, renewed.token);
  assert.equal(last.items["screen"]!["me"].boards[0].name, "Foyer");
  await manager.ask("DELETE", `/wall-screens/${id}`);
  assert.equal(await last.closed(), 4001);
});

test("who sees one unit makes boards of that unit alone, and links to no other", async () => {
  await using bed = await callBed();
  const { manager } = bed;
  const unit = await manager.ask("POST", "/org-units", { name: "South", parentId: null });
  const boss = await person(bed.database, bed.server.url, "boss", "supervisor");
  await bed.database.pool.query("update users set org_unit_id = $1 where id = $2", [unit.id, boss.userId]);
  const all = await manager.ask("POST", "/wallboards", { name: "All", unitId: null, widgets: [] });
  const wanted = { name: "Ours", unitId: null, widgets: [number("w1")] };
  await assert.rejects(boss.ask("POST", "/wallboards", wanted), refusedWith(403, "forbidden"));
  const own = await boss.ask("POST", "/wallboards", { ...wanted, unitId: unit.id });
  const listed = await boss.ask("GET", "/wallboards");
  assert.deepEqual(
    listed.items.map((board: { id: number }) => board.id),
    [own.id],
  );
  await assert.rejects(boss.ask("GET", `/wallboards/${all.id}`), refusedWith(404, "not-found"));
  const input = { name: "S", boardIds: [own.id, all.id] };
  await assert.rejects(boss.ask("POST", "/wall-screens", input), refusedWith(404, "not-found"));
  const { token } = await boss.ask("POST", "/wall-screens", { ...input, boardIds: [own.id] });
  const ana = await bed.agent("ana");
  await ana.command("sign-in", { deskId: "desk-of-ana", endpoint: "phone", campaignIds: [] });
  await until("she is signed in", async () => (await ana.state()).legUp);
  using wall = await watchWall(bed.server.url, token);
  assert.equal(wall.items["wall-live"]![`${unit.id}:0`].signedIn, 0, "she is of no unit");
  const agent = await person(bed.database, bed.server.url, "cy", "agent");
  await assert.rejects(agent.ask("GET", "/wallboards"), refusedWith(403, "forbidden"));
});

test("a screen with the queues' widget sees who waits and who is free; one without it sees nothing of queues", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const ana = await bed.agent("ana");
  const queues = queueBed(bed);
  const line = await queues.queue("Service", [ana]);
  const screenOf = async (name: string, widgets: object[]) => {
    const board = await bed.manager.ask("POST", "/wallboards", { name, unitId: null, widgets });
    const input = { name, boardIds: [board.id], seconds: 10, theme: "dark", language: "en" };
    const { token } = await bed.manager.ask("POST", "/wall-screens", input);
    const wall = await watchWall(bed.server.url, token);
    wall.subscribe("wall-queues");
    await until("the queues are told", () => wall.items["wall-queues"] !== undefined);
    return wall;
  };
  using wall = await screenOf("Hall", [{ id: "w1", width: 12, height: 3, type: "queues" }]);
  using other = await screenOf("Door", [number("w1")]);
  const queue = () => wall.items["wall-queues"]![line.id];
  assert.deepEqual([queue().name, queue().waiting, queue().servicePercent], ["Service", 0, 80]);
  const call = queues.callIn(line.phone);
  await until("who waits is told", () => queue().waiting === 1 && queue().waitingSince !== null);
  call.hangup();
  await until("and who gave up", () => queue().waiting === 0 && queue().abandonedToday === 1);
  await ana.work();
  await until("and who is free", () => queue().agentsReady === 1);
  assert.deepEqual(other.items["wall-queues"], {});
  assert.doesNotMatch(JSON.stringify(wall.messages), /13800137/, "no number");
});
