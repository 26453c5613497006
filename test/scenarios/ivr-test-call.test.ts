import assert from "node:assert/strict";
import { test } from "node:test";
import type { IvrDocument } from "../../shared/ivr/flow.ts";
import type { IvrTestCall } from "../../shared/ivr/test-call.ts";
import type { DeskPhone } from "../kit/desk-phone.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { block, flow } from "../kit/ivr-flows.ts";
import { watchLive } from "../kit/live-client.ts";
import { Refused } from "../kit/person.ts";
import { tonePrompt } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

const tones = { ask: 600, pin: 800, bye: 1400 };
type Tone = keyof typeof tones;

async function draft(bed: CallBed): Promise<number> {
  const speech = async (tone: Tone) => ({
    speech: { promptId: await tonePrompt(bed, tones[tone], 1500) },
  });
  const keys = [{ key: "1" }, { key: "2" }];
  const document: IvrDocument = flow(
    block(
      "menu",
      "ask",
      { "1": "pin", "2": "line", timeout: "bye", invalid: "bye" },
      { ...(await speech("ask")), keys, waitMs: 20_000 },
    ),
    block(
      "collect",
      "pin",
      { next: "line", timeout: "bye", invalid: "bye" },
      { ...(await speech("pin")), variable: "pin", secret: true, waitMs: 20_000 },
    ),
    block("queue", "line", { timeout: "bye" }, {}),
    block("hang-up", "bye", {}, await speech("bye")),
  );
  const { id } = await bed.manager.ask("POST", "/ivr/flows", { name: "Draft", document });
  return id;
}

const hears = (phone: DeskPhone, tone: Tone) =>
  until(`the phone hears "${tone}"`, () => phone.peer.toneLevel(tones[tone]) > -25);
const passed = (test: IvrTestCall | undefined) =>
  test?.passed.map(({ blockId, exit }) => `${blockId}.${exit}`);
/** What a test must not leave behind. */
const written = async ({ database: { db } }: CallBed) => {
  const calls = await db.selectFrom("calls").select("id").execute();
  const visits = await db.selectFrom("ivr_visits").select("call_id").execute();
  return [calls.length, visits.length];
};

test("a draft is walked on a desk phone that rings: keys by RFC 4733, secrets masked, nobody called, nothing counted", async () => {
  await using bed = await callBed();
  const flowId = await draft(bed);
  const path = `/ivr/flows/${flowId}/test-calls`;
  await assert.rejects(
    bed.manager.ask("POST", path, {}),
    (error) => error instanceof Refused && error.code === "test-no-line",
  );
  const mia = await bed.agent("mia", { role: "manager" });
  const other = await bed.agent("ana");
  await other.work();
  using live = await watchLive(bed.server.url, mia, "ivr-tests", "ivr");
  const { id } = await mia.ask("POST", path, {});
  const now = () => live.items["ivr-tests"]?.[id] as IvrTestCall | undefined;
  await hears(mia.phone, "ask");
  await until("the question is drawn", () => now()?.at.at(-1)?.blockId === "ask");
  mia.phone.peer.sendDtmf("1");
  await hears(mia.phone, "pin");
  mia.phone.peer.sendDtmf("4711#");
  await until("the flow would send them to the queue", () => now()?.state === "away");
  assert.deepEqual(passed(now()), ["ask.1", "pin.next"]);
  assert.equal(now()?.variables["pin"], "••••");
  assert.equal(JSON.stringify(live.messages).includes("4711"), false, "the secret left the server");
  assert.equal((await other.state()).state, "ready", "nobody is called");
  await assert.rejects(
    bed.manager.ask("POST", `/ivr/test-calls/${id}/back`, { exit: "timeout" }),
    (error) => error instanceof Refused && error.status === 404,
    "somebody else's test",
  );
  await mia.ask("POST", `/ivr/test-calls/${id}/back`, { exit: "timeout" });
  await hears(mia.phone, "bye");
  await until("the flow hangs up", () => now()?.state === "over" && now()?.cause !== null);
  assert.deepEqual(passed(now()), ["ask.1", "pin.next", "line.timeout"]);
  assert.equal(now()?.ended, "done");

  // Hung up on the phone in the middle of it.
  const again = await mia.ask("POST", path, {});
  await hears(mia.phone, "ask");
  mia.phone.hangUp();
  const left = () => live.items["ivr-tests"]?.[again.id] as IvrTestCall | undefined;
  await until("the walk has ended", () => left()?.state === "over");
  assert.equal(left()?.ended, "left");
  assert.deepEqual(await written(bed), [0, 0]);
});

test("who is at the desk walks the draft on the line of the desk, is nobody's meanwhile, and ready again after it", async () => {
  await using bed = await callBed();
  const flowId = await draft(bed);
  const mia = await bed.agent("mia", { role: "manager" });
  await mia.work();
  const started = await mia.ask("POST", `/ivr/flows/${flowId}/test-calls`, {});
  assert.equal((await mia.state()).state, "ringing");
  await hears(mia.phone, "ask");
  await mia.ask("POST", `/ivr/test-calls/${started.id}/keys`, { keys: "2" });
  const test = (): Promise<IvrTestCall> => mia.ask("GET", `/ivr/test-calls/${started.id}`);
  await until("they would be in the queue", async () => (await test()).state === "away");
  assert.equal(mia.phone.calls.length, 1, "no other call came to the phone");
  await mia.command("hangup", {});
  const { legUp } = await mia.until("ready");
  assert.equal(legUp, true);
  assert.deepEqual([(await test()).state, (await test()).ended], ["over", "left"]);

  // A line that goes away ends the test, and comes back as any line does.
  const second = await mia.ask("POST", `/ivr/flows/${flowId}/test-calls`, {});
  await hears(mia.phone, "ask");
  mia.phone.hangUp();
  await until("the walk has ended", async () => {
    const { state } = await mia.ask("GET", `/ivr/test-calls/${second.id}`);
    return state === "over";
  });
  await until("the line is back", async () => (await mia.state()).legUp);
  await mia.until("ready");
  assert.deepEqual(await written(bed), [0, 0]);
});
