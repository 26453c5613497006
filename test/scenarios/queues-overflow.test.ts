import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { queueBed, visits } from "../kit/queue-bed.ts";
import { brokenAtRest, brokenInvariants } from "../kit/story.ts";
import { until } from "../kit/until.ts";

test("who cannot wait goes on: to another queue, to a message, to a number, or is told", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const queues = queueBed(bed);
  const second = await queues.queue("second", [ana]);
  const late = await queues.queue("late", [ben], {
    maxWaitSeconds: 1,
    overflow: { type: "queue", queueId: second.id },
  });
  const full = await queues.queue("full", [ben], {
    maxLength: 1,
    overflow: { type: "voicemail", userId: ben.userId },
  });
  const mobile = "+8613800138333";
  const empty = await queues.queue("empty", [ben], {
    overflowWhenEmpty: true,
    overflow: { type: "number", phone: mobile },
  });
  const words = await queues.queue("words", [ben], { overflowWhenEmpty: true });
  await ana.work();
  await ana.until("ready");

  const patient = queues.callIn(late.phone);
  assert.equal(await queues.takenBy(patient), "ana");
  assert.deepEqual(
    (await visits(bed, patient.from)).map(({ how, detail }) => [how, detail["why"] ?? null]),
    [
      ["overflowed", "too-long"],
      ["answered", null],
    ],
  );
  patient.hangup();
  await queues.over(patient);
  await ana.command("pause", { reasonId: 1 });

  const one = queues.callIn(full.phone);
  await queues.waits(one);
  const two = queues.callIn(full.phone);
  const message = await until("the second leaves a message", async () => {
    const [visit] = await visits(bed, two.from);
    return visit?.state === "message" && visit;
  });
  assert.deepEqual([message.how, message.detail["why"]], ["overflowed", "queue-full"]);
  two.hangup();
  one.hangup();
  assert.deepEqual(
    (await queues.over(one)).map(({ how, outcome }) => [how, outcome]),
    [["abandoned", "customer-left"]],
  );
  await queues.over(two);

  bed.carrier.behave(mobile, [{ do: "answer" }, { do: "talk", sound: { tonesHz: [1500] }, ms: 60_000 }]);
  const away = queues.callIn(empty.phone);
  await away.until("answered");
  await until(
    "the caller hears the number",
    async () => (await away.stream!.listen(200)).toneDbm0(1500) > -30,
  );
  away.hangup();
  assert.deepEqual(
    (await queues.over(away)).map(({ how, detail }) => [how, detail["why"], detail["to"]]),
    [["overflowed", "nobody-here", "number"]],
  );

  bed.carrier.behave(mobile, [{ do: "refuse", status: 486 }]);
  const unlucky = queues.callIn(empty.phone);
  await unlucky.until("ended");
  const told = queues.callIn(words.phone);
  await told.until("ended");
  assert.deepEqual(
    (await queues.over(told)).map(({ how, outcome }) => [how, outcome]),
    [["turned-away", "abandoned"]],
  );
  await queues.over(unlucky);

  // Two queues that overflow to each other do not keep a caller for ever.
  const here = await bed.manager.ask("GET", `/queues/${second.id}`);
  const { id: _id, ...back } = here;
  await bed.manager.ask("PUT", `/queues/${second.id}`, {
    ...back,
    maxWaitSeconds: 1,
    overflow: { type: "queue", queueId: late.id },
  });
  const round = queues.callIn(late.phone);
  await round.until("ended");
  assert.deepEqual(
    (await queues.over(round)).map(({ how }) => how),
    ["overflowed", "turned-away"],
  );
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("kill -9 with callers waiting: after the start every one has a named end", async () => {
  await using bed = await callBed({ ownProcess: true });
  await bed.seed.trunk();
  const ana = await bed.agent("ana");
  const queues = queueBed(bed);
  const line = await queues.queue("line", [ana]);
  const callers = Array.from({ length: 20 }, () => queues.callIn(line.phone));
  for (const call of callers) await queues.waits(call);
  await ana.work();
  await until("one is answered", async () => (await visits(bed)).some(({ how }) => how === "answered"));
  await bed.crash();

  assert.deepEqual(await brokenInvariants(bed.database), []);
  const ends = (await visits(bed)).map(({ how, state, outcome }) => [how, state, outcome].join(" "));
  assert.deepEqual(
    ends.toSorted(),
    ["answered closed connected", ...Array.from({ length: 19 }, () => "lost closed crashed")].toSorted(),
  );
});
