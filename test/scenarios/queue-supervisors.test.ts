import assert from "node:assert/strict";
import { test } from "node:test";
import type { WaitingCaller } from "../../shared/waiting-callers.ts";
import { callBed } from "../kit/call-bed.ts";
import { Refused } from "../kit/person.ts";
import { queueBed, visits } from "../kit/queue-bed.ts";
import { brokenAtRest } from "../kit/story.ts";
import { until } from "../kit/until.ts";

test("a supervisor sees who waits, brings one to the front, sends one to an agent and one elsewhere", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const [ana, ben, cy] = [await bed.agent("ana"), await bed.agent("ben"), await bed.agent("cy")];
  const queues = queueBed(bed);
  const line = await queues.queue("line", [ana, ben]);
  const second = await queues.queue("second", [ben]);
  const callers = [];
  for (let i = 0; i < 3; i++) {
    const call = queues.callIn(line.phone);
    callers.push(call);
    await queues.waits(call);
  }
  const [first, middle, last] = callers.map(({ from }) => from);
  const waiting = async (): Promise<WaitingCaller[]> =>
    (await bed.manager.ask("GET", `/queues/${line.id}/waiting`)).items;
  const order = async () => (await waiting()).map(({ phone }) => phone);
  assert.deepEqual(await order(), [first, middle, last]);
  const idOf = async (phone: string) => (await waiting()).find((caller) => caller.phone === phone)!.callerId;
  const move = async (phone: string, to: object) =>
    bed.manager.ask("POST", `/queues/${line.id}/waiting/${await idOf(phone)}`, to);

  await move(last!, { to: "front" });
  assert.deepEqual(await order(), [last, first, middle]);
  const refusal = await move(middle!, { to: "agent", userId: cy.userId }).catch((error: unknown) => error);
  assert.ok(refusal instanceof Refused && refusal.code === "agent-not-of-queue");
  await ben.command("sign-in", { deskId: "desk-of-one", endpoint: "phone", campaignIds: [] });
  await until("ben's line is up", async () => (await ben.state()).legUp);
  await move(middle!, { to: "agent", userId: ben.userId });
  assert.equal((await waiting()).find(({ phone }) => phone === middle)!.waitsFor, "ben");
  await move(first!, { to: "queue", queueId: second.id });
  await until("the first waits elsewhere", async () => {
    const all = await visits(bed, first);
    return all.length === 2 && all[0]!.detail["why"] === "moved" && all[1]!.queueId === second.id;
  });

  await ana.work();
  assert.equal(await queues.takenBy(callers[2]!), "ana");
  const shown = (await ana.state()).call!.queue;
  assert.ok(
    shown?.name === "line" && shown.waitedMs > 0 && shown.askedAt === null,
    "the desk names the queue",
  );
  callers[2]!.hangup();
  await ana.until("ready");
  await ben.command("ready", {});
  assert.equal(await queues.takenBy(callers[1]!), "ben", "ana was free, and ben alone was meant");
  callers[1]!.hangup();
  assert.equal(await queues.takenBy(callers[0]!), "ben");
  callers[0]!.hangup();
  for (const call of callers) await queues.over(call);
  const { items } = await bed.manager.ask("GET", "/audit?action=queue.caller-moved");
  assert.equal(items.length, 4, "each is in the audit log, the refused one too");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
