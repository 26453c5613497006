import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Plan } from "../../tools/carrier/plan.ts";
import { callBed } from "../kit/call-bed.ts";
import { closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

/** As Chinese carriers do: the phone is off, the network says so again and again, and its status says little. */
const off: Plan = [
  { do: "early", sound: "off", loop: true },
  { do: "wait", ms: 7000 },
  { do: "refuse", status: 480 },
];
const busy: Plan = [{ do: "early", sound: { signal: "busy" }, loop: true }, { do: "stay" }];

test("what the network said in one call is trained and ends the next one at once, with the right outcome", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  await bed.manager.ask("PATCH", "/settings", { earlyMediaPercent: 100 });
  const phones = ["+8613800138061", "+8613800138062", "+8613800138063"];
  const campaign = await bed.seed.campaign({ phones: [phones[0]!], agents: [ana] });
  bed.carrier.behave(phones[0]!, off);
  bed.carrier.behave(phones[1]!, off);
  bed.carrier.behave(phones[2]!, busy);
  const rest = await bed.seed.campaign({ phones: phones.slice(1), agents: [ana] });
  await ana.work(campaign.id, rest.id);
  await campaign.command("start");
  const first = await closedCall(bed.database, phones[0]!);
  assert.deepEqual([first.outcome, first.sip_status], ["unreachable", 480]);

  let kept: { callId: string; durationMs: number; outcome: string }[] = [];
  await until("early media is kept", async () => {
    kept = (await bed.manager.ask("GET", "/early-media")).items;
    return kept.length > 0;
  });
  assert.deepEqual([kept[0]!.callId, kept[0]!.outcome], [first.id, "unreachable"]);
  assert.ok(kept[0]!.durationMs > 6000);
  const training = { callId: first.id, name: "Powered off", cause: "powered-off" };
  const span = { fromMs: 200, toMs: 4600 };
  const trained = await bed.manager.ask("POST", "/announcements/from-call", { ...training, span });
  assert.equal(trained.hits, 0);
  await assert.rejects(
    bed.manager.ask("POST", "/announcements/from-call", training),
    /announcement-name-taken/,
  );
  const tooShort = { ...training, name: "x", span: { fromMs: 0, toMs: 900 } };
  await assert.rejects(
    bed.manager.ask("POST", "/announcements/from-call", tooShort),
    /announcement-too-short/,
  );
  const trial = await bed.manager.ask("GET", `/early-media/${first.id}/try`);
  assert.deepEqual(
    trial.announcements.map((hit: { name: string; cause: string }) => [hit.name, hit.cause]),
    [["Powered off", "powered-off"]],
  );

  await rest.command("start");
  const second = await closedCall(bed.database, phones[1]!);
  assert.deepEqual([second.outcome, second.cause, second.ended_by], ["powered-off", "powered-off", "system"]);
  const [row] = (await bed.manager.ask("GET", "/announcements")).items;
  assert.equal(row.hits, 1);
  const third = await closedCall(bed.database, phones[2]!);
  assert.deepEqual([third.outcome, third.ended_by], ["busy", "system"]);
});

function form(): FormData {
  const body = new FormData();
  const wav = readFileSync(new URL("../../tools/carrier/audio/invalid.wav", import.meta.url));
  body.append("file", new Blob([wav], { type: "audio/wav" }), "invalid.wav");
  return body;
}

test("a file trains an announcement, and says what it would be taken for", async () => {
  await using bed = await callBed();
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts its shape
  const send = async (path: string): Promise<{ status: number; body: any }> => {
    const { headers } = bed.manager;
    const response = await fetch(`${bed.server.url}/api/v1${path}`, {
      method: "POST",
      headers,
      body: form(),
    });
    return { status: response.status, body: await response.json() };
  };
  const made = await send("/announcements?name=Invalid&cause=invalid-number");
  assert.deepEqual([made.status, made.body.cause], [201, "invalid-number"]);
  const { body } = await send("/announcements/try");
  assert.deepEqual([body.announcements[0].name, body.tones], ["Invalid", []]);
  await bed.manager.ask("PUT", `/announcements/${made.body.id}`, {
    name: "Invalid",
    cause: "moved",
    enabled: false,
  });
  assert.deepEqual((await send("/announcements/try")).body.announcements, []);
  const actions = (await bed.manager.ask("GET", "/audit?pageSize=5")).items.map(
    (line: { action: string }) => line.action,
  );
  assert.ok(actions.includes("announcement.trained") && actions.includes("announcement.changed"));
});
