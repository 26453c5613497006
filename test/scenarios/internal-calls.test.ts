import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { parseWav, wavChannel } from "../../server/media/wav.ts";
import type { BedAgent } from "../kit/bed-agent.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import type { Refused } from "../kit/person.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";
import { agentEar, farEar, untilHeard } from "../kit/who-hears.ts";

const customerHz = 1900;
/** ITU-T E.180: China's ringback. */
const ringbackHz = 450;

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: Refused) => error.code,
  );

async function extension(bed: CallBed, { userId }: BedAgent, number: string) {
  await bed.database.db.updateTable("users").set({ extension: number }).where("id", "=", userId).execute();
}

async function atDesk(agent: BedAgent, state: "ready" | "paused", ...campaignIds: number[]) {
  await agent.work(...campaignIds);
  if (state === "paused") await agent.command("pause", { reasonId: 1 });
}

/** Cut into pieces of 500 ms. */
const pieces = (samples: Int16Array) =>
  Array.from({ length: Math.floor(samples.length / 4000) }, (_, at) =>
    samples.subarray(at * 4000, (at + 1) * 4000),
  );

const causesOf = (bed: CallBed, { userId }: BedAgent) =>
  bed.database.db
    .selectFrom("agent_events")
    .select(["state", "cause"])
    .where("user_id", "=", userId)
    .where("cause", "=", "internal-call")
    .orderBy("id")
    .execute();

test("a colleague is called by extension: both hear each other, hold, mute and conference work, and only the call log knows of it", async () => {
  await using bed = await callBed();
  const [ana, ben, eve] = [await bed.agent("ana"), await bed.agent("ben"), await bed.agent("eve")];
  await extension(bed, ben, "102");
  await bed.manager.ask("PATCH", "/settings", { recordInternalCalls: true, maskPhonesForAgents: true });
  await Promise.all([atDesk(ana, "paused"), atDesk(ben, "paused"), atDesk(eve, "ready")]);
  const ears = [ana, ben, eve].map((agent, at) => agentEar(["ana", "ben", "eve"][at]!, agent));
  const hears = (what: string, who: Record<string, string[]>) => untilHeard(what, ears, who);

  await ana.command("dial", { phone: "102" });
  const ringing = await until("it rings at ben", async () => (await ben.state()).announced[0]);
  assert.deepEqual([ringing.name, ringing.direction], ["ana", "internal"]);
  assert.deepEqual((await eve.state()).toPickUp, [], "it is for ben alone");
  await until("ana hears that it rings", () => ana.phone.peer.toneLevel(ringbackHz) > -35);
  await ben.command("call/decline", { callId: ringing.callId });
  await ana.until("paused");
  assert.equal((await closedCall(bed.database, "102")).outcome, "rejected");

  await ana.command("call/colleague", { userId: ben.userId });
  const { callId } = await until("it rings again", async () => (await ben.state()).announced[0]);
  await ben.command("call/accept", { callId });
  await hears("in the talk", { ana: ["ben"], ben: ["ana"], eve: [] });
  const [own, his] = [(await ana.state()).call!, (await ben.state()).call!];
  assert.deepEqual([own.direction, own.lead.name, own.role], ["internal", "ben", "owner"]);
  assert.deepEqual([his.direction, his.lead.name, his.role], ["internal", "ana", "guest"]);
  await ana.command("hold", { on: true });
  await hears("held", { ana: [], ben: [] });
  await ana.command("hold", { on: false });
  await ben.command("mute", { on: true });
  await hears("muted by who was called", { ana: [], ben: ["ana"] });
  await ben.command("mute", { on: false });
  await ana.command("call/add", { target: { type: "agent", userId: eve.userId } });
  await hears("three of us", { ana: ["ben", "eve"], ben: ["ana", "eve"], eve: ["ana", "ben"] });
  assert.equal(await code(ana.command("call/park", {})), "internal-call");
  await eve.command("call/leave", {});
  await hears("two again", { ana: ["ben"], ben: ["ana"], eve: [] });
  await ben.command("hangup", {});
  await Promise.all([ana.until("paused"), ben.until("paused"), eve.until("ready")]);

  const call = await closedCall(bed.database, "102", 2);
  assert.deepEqual(
    [call.outcome, call.direction, call.agent_user_id, call.colleague_user_id],
    ["connected", "internal", ana.userId, ben.userId],
  );
  await until("its recording is whole", async () => {
    const files = await bed.database.db.selectFrom("recordings").selectAll().execute();
    return files.length === 1 && files[0]!.call_id === callId && files[0]!.state === "done";
  });
  assert.deepEqual(
    (await causesOf(bed, ana)).map(({ state }) => state),
    ["ringing", "ringing", "talking"],
  );
  assert.deepEqual(
    (await causesOf(bed, ben)).map(({ state }) => state),
    ["talking"],
  );
  const listed = (filter: string) => bed.manager.ask("GET", `/calls?${filter}`);
  assert.equal((await listed("")).total, 0, "figures are of calls with customers");
  assert.equal((await listed(`direction=internal&agentId=${ben.userId}`)).total, 2);
  assert.equal((await ben.ask("GET", "/calls?direction=internal")).total, 2);
  const page = await ben.ask("GET", `/calls/${callId}`);
  assert.deepEqual([page.phone, page.agent.name, page.name], ["102", "ana", "ben"]);
  const [a, b] = [`userId ${ana.userId}`, `colleagueId ${ben.userId}`];
  assert.deepEqual([page.names[a], page.names[b]], ["ana", "ben"], "its events tell names");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("who waits for a busy colleague without a customer: when they are free, both are rung, and the talk is theirs", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  await extension(bed, ben, "102");
  const customer = "+8613800138109";
  const campaign = await bed.seed.campaign({ phones: [customer], agents: [ana, ben] });
  const disposition = Object.values(campaign.dispositions)[0];
  bed.carrier.behave(customer, [
    { do: "answer" },
    { do: "talk", sound: { tonesHz: [customerHz] }, ms: 120_000 },
  ]);
  await Promise.all([atDesk(ana, "paused", campaign.id), atDesk(ben, "ready", campaign.id)]);
  const coming = bed.carrier.seeCall(customer);
  await campaign.command("start");
  await ben.until("talking");
  const far = await coming;
  const ears = [agentEar("ana", ana), agentEar("ben", ben), farEar("customer", customerHz, far)];

  assert.equal(await code(ana.command("call/colleague", { userId: ben.userId })), "colleague-busy");
  assert.deepEqual(await callsTo(bed.database, "102"), [], "who is known to be busy is not called");
  await ana.command("call/call-back", { userId: ben.userId, on: true });
  assert.deepEqual((await ana.state()).awaited, [{ userId: ben.userId, name: "ben", rings: false }]);
  await untilHeard("ben has a customer", ears, { ana: [], ben: ["customer"], customer: ["ben"] });
  await ben.command("pause", { reasonId: 1 });
  far.hangup();
  await ben.finish(disposition);
  await until("it rings at ana", async () => (await ana.state()).awaited[0]?.rings);
  assert.deepEqual((await ben.state()).announced, [], "first at who waited");
  await ana.command("call/colleague", { userId: ben.userId });
  const { callId } = await until("then at ben", async () => (await ben.state()).announced[0]);
  assert.deepEqual((await ana.state()).awaited, []);
  await ben.command("call/accept", { callId });
  await untilHeard("both talk", ears.slice(0, 2), { ana: ["ben"], ben: ["ana"] });

  // Both are ready: nobody has to do anything.
  await Promise.all([ana.command("hangup", {}), ben.until("paused")]);
  await ana.until("paused");
  const eve = await bed.agent("eve");
  await atDesk(eve, "ready");
  await ben.command("call/colleague", { userId: eve.userId });
  await ben.until("talking");
  await ana.command("ready", {});
  await ana.command("call/call-back", { userId: ben.userId, on: true });
  await ben.command("ready", {});
  await ben.command("hangup", {});
  await until("ana is joined with ben", async () => {
    const { call } = await ana.state();
    return call?.direction === "internal" && call.state === "talking" && call.lead.name === "ben";
  });
  await untilHeard("and they talk", ears.slice(0, 2), { ana: ["ben"], ben: ["ana"] });
  await ana.command("hangup", {});
  await Promise.all([ana.until("ready"), ben.until("ready"), eve.until("ready")]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("the line of who was called is replaced in the talk: the recording goes on, on the new line", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  await extension(bed, ben, "102");
  await bed.manager.ask("PATCH", "/settings", { recordInternalCalls: true });
  await Promise.all([atDesk(ana, "paused"), atDesk(ben, "ready")]);
  await ana.command("dial", { phone: "102" });
  const ears = [agentEar("ana", ana), agentEar("ben", ben)];
  await untilHeard("in the talk", ears, { ana: ["ben"], ben: ["ana"] });
  const recordings = () =>
    bed.database.db.selectFrom("recordings").selectAll().orderBy("started_at").execute();
  const [first] = await until("it is recorded", async () => {
    const rows = await recordings();
    return rows.length === 1 && rows;
  });

  const before = ben.phone.calls.length;
  ben.phone.hangUp();
  await until("the new line is there", () => ben.phone.calls.length > before);
  const rows = await until("the first part is whole, the second begun", async () => {
    const all = await recordings();
    return all.length === 2 && all[0]!.state === "done" && all;
  });
  assert.deepEqual(
    rows.map(({ id, call_id, state }) => [id === first!.id, call_id, state]),
    [
      [true, first!.call_id, "done"],
      [false, first!.call_id, "recording"],
    ],
  );
  await untilHeard("on the new line", ears, { ana: ["ben"], ben: ["ana"] });
  const since = ben.phone.peer.received.length;
  await until("a second is said", () => ben.phone.peer.received.length > since + 50);
  await ana.command("hangup", {});
  await Promise.all([ana.until("paused"), ben.until("ready")]);
  const second = await until("the second part is whole", async () => {
    const row = (await recordings())[1]!;
    return row.state === "done" && row;
  });
  const file = await readFile(join(bed.dataDir, "recordings", second.path));
  const channels = [0, 1].map((channel) => wavChannel(file, parseWav(file), channel));
  const levels = channels.map((all, at) =>
    Math.max(...pieces(all).map((one) => toneLevelDbm0(one, [ben, ana][at]!.toneHz))),
  );
  assert.ok(Math.min(...levels) > -25, `ben left, ana right: ${levels.join(", ")} dBm0`);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
