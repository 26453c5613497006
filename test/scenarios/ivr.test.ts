import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { IvrDocument } from "../../shared/ivr/flow.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { block, flow } from "../kit/ivr-flows.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { watchLive } from "../kit/live-client.ts";
import { tonePrompt } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

/** Days around now, whatever the company's zone. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const did = "+8675512345678";
/** What is said is a steady tone, so that what is heard is plain. */
const tones = { ask: 600, pin: 800, thanks: 1000, sorry: 1200, bye: 1400 };
type Tone = keyof typeof tones;

async function prompts(bed: CallBed): Promise<Record<Tone, number>> {
  const made = Object.entries(tones).map(async ([name, hz]) => [name, await tonePrompt(bed, hz, 1500)]);
  return Object.fromEntries(await Promise.all(made));
}

async function publish(
  bed: CallBed,
  name: string,
  document: IvrDocument,
): Promise<{ id: number; versionId: number }> {
  const { id } = await bed.manager.ask("POST", "/ivr/flows", { name, document });
  await bed.manager.ask("PUT", "/inbound-routes", { items: [{ phone: did, target: { type: "flow", id } }] });
  const { version } = await bed.manager.ask("POST", `/ivr/flows/${id}/publish`, {});
  return { id, versionId: version.id };
}

const hears = (call: CarrierCall, tone: Tone) =>
  until(
    `${call.from} hears "${tone}"`,
    async () => (await call.stream!.listen(200)).toneDbm0(tones[tone]) > -25,
  );

function lineOf(said: Record<Tone, number>): IvrDocument {
  const speech = (tone: Tone) => ({ speech: { promptId: said[tone] } });
  const keys = ["1", "2", "3", "4"].map((key) => ({ key, label: `key ${key}` }));
  return flow(
    block(
      "menu",
      "ask",
      { "1": "pin", "2": "line", "3": "tell", "4": "rate", timeout: "bye", invalid: "sorry" },
      {
        ...speech("ask"),
        keys,
        waitMs: 1000,
        tries: 2,
      },
    ),
    block(
      "collect",
      "pin",
      { next: "thanks", timeout: "sorry", invalid: "sorry" },
      {
        ...speech("pin"),
        variable: "pin",
        min: 4,
        max: 6,
        secret: true,
      },
    ),
    block("prompt", "thanks", { next: "line" }, speech("thanks")),
    block("queue", "line", { timeout: "later" }, { waitMs: 5000 }),
    block("callback", "later", { next: "bye" }, speech("thanks")),
    block("record", "tell", { next: "bye", failed: "sorry" }, speech("pin")),
    block("satisfaction", "rate", { rated: "bye", unrated: "bye" }, { ...speech("pin"), scale: 5 }),
    block("prompt", "sorry", { next: "bye" }, speech("sorry")),
    block("hang-up", "bye", {}, speech("bye")),
  );
}

async function line() {
  const bed = await callBed();
  await bed.seed.trunk();
  const said = await prompts(bed);
  const document = lineOf(said);
  const published = await publish(bed, "Service", document);
  const target = { transport: "udp", ...bed.server.sip } as const;
  const callIn = async (from: string) => {
    const call = bed.carrier.callIn({
      from,
      to: did,
      target,
      plan: [{ do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }],
    });
    await call.until("answered");
    return call;
  };
  const story = async (callId: string) => {
    const rows = await bed.database.db
      .selectFrom("call_events")
      .select(["type", "data"])
      .where("call_id", "=", callId)
      .orderBy("id")
      .execute();
    return rows;
  };
  const walked = async (callId: string) =>
    (await story(callId)).flatMap(({ type, data }) =>
      type === "ivr-block" ? [`${String(data["blockId"])}.${String(data["exit"])}`] : [],
    );
  return { bed, said, document, published, callIn, story, walked };
}

test("a caller keys their way through a flow to an agent; what they keyed in secret is written nowhere", async () => {
  const { bed, callIn, story, walked, published } = await line();
  await using _bed = bed;
  const ana = await bed.agent("ana");
  await ana.work();
  using live = await watchLive(bed.server.url, bed.manager, "ivr");
  const ivrNow = () => live.items["ivr"]?.[published.id]?.blocks as Record<string, number> | undefined;
  const [byRtp, byInfo] = ["+8613800138041", "+8613800138042"];
  const first = await callIn(byRtp);
  await hears(first, "ask");
  first.stream!.sendDtmf("1");
  await hears(first, "pin");
  await until("the drawing shows them there", () => ivrNow()?.["pin"] === 1);
  first.stream!.sendDtmf("4711#");
  await hears(first, "thanks");
  await ana.until("talking");
  await until("the agent hears the caller", () => ana.phone.peer.toneLevel(1900) > -20);
  first.hangup();
  const closed = await closedCall(bed.database, byRtp);
  assert.equal(closed.outcome, "connected");
  assert.deepEqual(await walked(closed.id), ["ask.1", "pin.next", "thanks.next", "line.taken"]);
  await ana.until("ready");

  // By INFO, all at once and in advance, past the questions.
  const second = await callIn(byInfo);
  await hears(second, "ask");
  for (const key of "14711#")
    await second.sip.info({ type: "application/dtmf-relay", content: `Signal=${key}\r\nDuration=160\r\n` });
  await ana.until("talking");
  second.hangup();
  const other = await closedCall(bed.database, byInfo);
  assert.deepEqual((await walked(other.id)).at(-1), "line.taken");
  const digits = (await story(other.id)).filter(({ type }) => type === "ivr-digits").map(({ data }) => data);
  assert.deepEqual(digits, [{ variable: "pin", count: 4 }]);
  // Every key of the INFO ladder is a star.
  const ladder = await until("the ladder stands", async () => {
    const { rows } = await sql<{ message: string }>`select message from sip_messages
      where call_id = ${other.id} and message like 'INFO %'`.execute(bed.database.db);
    return rows.length >= 6 && rows;
  });
  assert.deepEqual([...new Set(ladder.map(({ message }) => /Signal=(.)/.exec(message)?.[1]))], ["*"]);
  const dump = JSON.stringify([await story(closed.id), await story(other.id)]);
  assert.equal(dump.includes("4711"), false);
  await ana.until("ready");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("who says nothing, keys nonsense, waits in vain, rates or leaves word is told something sensible and counted", async () => {
  const { bed, callIn, walked, published, document } = await line();
  await using _bed = bed;
  const phones = [1, 2, 3, 4, 5].map((n) => `+861380013805${n}`);
  const [silent, wild, waits, rates, tells] = await Promise.all(phones.map(callIn));
  await hears(wild!, "ask");
  for (const call of [wild!, waits!, rates!, tells!])
    call.stream!.sendDtmf(
      { [phones[1]!]: "99", [phones[2]!]: "2", [phones[3]!]: "45", [phones[4]!]: "3" }[call.from]!,
    );
  await hears(wild!, "sorry");
  await hears(rates!, "bye");
  await until("what is said is recorded", async () => {
    const row = await bed.database.db.selectFrom("recordings").select("state").executeTakeFirst();
    return row?.state === "recording";
  });
  const before = tells!.stream!.received.packets;
  await until("a second is said", () => tells!.stream!.received.packets > before + 50);
  tells!.stream!.sendDtmf("#");
  await hears(tells!, "bye");
  await hears(silent!, "bye");
  await hears(waits!, "thanks");
  const calls = await Promise.all(phones.map((phone) => closedCall(bed.database, phone)));
  const ways = await Promise.all(calls.map(({ id }) => walked(id)));
  assert.deepEqual(ways, [
    ["ask.timeout", "bye.done"],
    ["ask.invalid", "sorry.next", "bye.done"],
    ["ask.2", "line.timeout", "later.next", "bye.done"],
    ["ask.4", "rate.rated", "bye.done"],
    ["ask.3", "tell.next", "bye.done"],
  ]);
  assert.deepEqual(
    new Set(calls.map(({ outcome, ended_by }) => `${outcome} ${ended_by}`)),
    new Set(["message-heard system"]),
  );
  const promised = await bed.database.db.selectFrom("callbacks").select(["phone", "state"]).execute();
  assert.deepEqual(promised, [{ phone: phones[2], state: "waiting" }]);
  const rated = await bed.database.db
    .selectFrom("ivr_ratings")
    .select(["call_id", "score", "scale"])
    .execute();
  assert.deepEqual(rated, [{ call_id: calls[3]!.id, score: 5, scale: 5 }]);
  const told = await bed.manager.ask("GET", `/survey-report?from=${day(-1)}&to=${day(1)}&by=flow`);
  assert.deepEqual(told.items, [
    {
      id: published.id,
      name: "Service",
      asked: 1,
      rated: 1,
      refused: 0,
      mean: 5,
      index: 1,
      counts: { 5: 1 },
    },
  ]);
  await until("the word they left stands", async () => {
    const row = await bed.database.db
      .selectFrom("recordings")
      .select(["state", "duration_ms"])
      .executeTakeFirst();
    return row?.state === "done" && row.duration_ms! > 800;
  });
  const counted = await bed.manager.ask("GET", `/ivr/flows/${published.id}/statistics`);
  const menu = counted.blocks.find((one: { blockId: string }) => one.blockId === "ask");
  assert.deepEqual(
    [counted.calls, menu.visits, menu.exits],
    [5, 5, { "1": undefined, "2": 1, "3": 1, "4": 1, timeout: 1, invalid: 1 }].map((one) =>
      JSON.parse(JSON.stringify(one)),
    ),
  );

  // A new version leads new callers elsewhere; rolled back, they go the old way again.
  const { id } = published;
  const shorter = {
    ...document,
    start: "sorry",
    blocks: document.blocks.filter((one) => one.id === "sorry" || one.id === "bye"),
  };
  const { revision } = await bed.manager.ask("GET", `/ivr/flows/${id}`);
  await bed.manager.ask("PUT", `/ivr/flows/${id}`, { name: "Service", document: shorter, revision });
  await bed.manager.ask("POST", `/ivr/flows/${id}/publish`, { note: "short" });
  const next = await callIn("+8613800138056");
  await hears(next, "sorry");
  next.hangup();
  await bed.manager.ask("POST", `/ivr/versions/${published.versionId}/restore`);
  const last = await callIn("+8613800138057");
  await hears(last, "ask");
  last.hangup();
  const gone = await closedCall(bed.database, "+8613800138057");
  assert.deepEqual([gone.outcome, await walked(gone.id)], ["message-cut", ["ask.left"]]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
