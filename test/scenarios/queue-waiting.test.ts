import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { queueBed, visits } from "../kit/queue-bed.ts";
import { brokenAtRest } from "../kit/story.ts";
import { hears, tonePrompt, toneSound } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

const agentHz = 620;
const [musicHz, greetingHz, longHz, otherHz] = [700, 1100, 1300, 1500];

test("greeting, music, announcements by turns; an agent ends what is being said, a key leads elsewhere", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  const ana = await bed.agent("ana", { toneHz: agentHz });
  const queues = queueBed(bed);
  const [music, greeting, long, otherGreeting] = [
    await toneSound(bed, musicHz, 2000),
    await tonePrompt(bed, greetingHz, 1500),
    await tonePrompt(bed, longHz, 60_000),
    await tonePrompt(bed, otherHz, 60_000),
  ];
  const other = await queues.queue("other", [], { waiting: { greetingPromptId: otherGreeting } });
  const choices = [
    { key: "2", act: { type: "voicemail", userId: ana.userId } },
    { key: "3", act: { type: "queue", queueId: other.id } },
  ];
  const waiting = { musicSoundId: music, greetingPromptId: greeting, promptIds: [long], everySeconds: 5 };
  const line = await queues.queue("line", [ana], { waiting });
  const keys = await queues.queue("keys", [ana], { waiting: { musicSoundId: music, choices } });

  const call = queues.callIn(line.phone);
  await call.until("answered");
  await hears(call, greetingHz, musicHz);
  await hears(call, musicHz, greetingHz);
  await hears(call, longHz, musicHz);
  await ana.work();
  assert.equal(await queues.takenBy(call), "ana");
  await hears(call, agentHz, longHz, musicHz);
  call.hangup();
  await queues.over(call);
  await ana.command("pause", { reasonId: 1 });

  const chooser = queues.callIn(keys.phone);
  await chooser.until("answered");
  await queues.waits(chooser);
  chooser.stream!.sendDtmf("9");
  chooser.stream!.sendDtmf("3");
  await hears(chooser, otherHz, musicHz);
  const both = await until("both waits are written", async () => {
    const all = await visits(bed, chooser.from);
    return all.length === 2 && all;
  });
  assert.deepEqual(
    both.map(({ how, detail }) => [how, detail["why"] ?? null]),
    [
      ["overflowed", "chosen"],
      [null, null],
    ],
  );
  chooser.hangup();
  await queues.over(chooser);

  const speaker = queues.callIn(keys.phone);
  await speaker.until("answered");
  await queues.waits(speaker);
  speaker.stream!.sendDtmf("2");
  await until("a message is left", async () => (await visits(bed, speaker.from))[0]?.state === "message");
  speaker.hangup();
  await queues.over(speaker);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
