import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type MediaBed, mediaBed } from "../kit/media-bed.ts";

type Trouble = { legId: string; trouble: string; on: boolean };

const troublesOf = (bed: MediaBed): Trouble[] =>
  bed.events.flatMap((event) =>
    event.type === "audio-trouble" ? [{ legId: event.legId, trouble: event.trouble, on: event.on }] : [],
  );

/** Two parties in a room, each with a tone as its voice. */
async function conversation(bed: MediaBed) {
  const customer = await bed.offered("customer", "PCMA", { affinity: "one" });
  const agent = await bed.offered("agent", "PCMA", { affinity: "two" });
  customer.peer.sendTone(440).start();
  agent.peer.sendTone(1000).start();
  bed.room("talk", { customer: ["agent"], agent: ["customer"] });
  await bed.until(() => agent.peer.toneLevel(440) > -20 && customer.peer.toneLevel(1000) > -20);
  return { customer, agent };
}

const begins = (bed: MediaBed, legId: string, trouble: string) =>
  bed.until(() => troublesOf(bed).some((t) => t.legId === legId && t.trouble === trouble && t.on));
const ends = (bed: MediaBed, legId: string, trouble: string) =>
  bed.until(() => troublesOf(bed).some((t) => t.legId === legId && t.trouble === trouble && !t.on));

void describe("one-way audio on the wire", { concurrency: 4 }, () => {
  test("one direction is cut, and comes back; the legs are in two processes", async () => {
    await using bed = await mediaBed({ processes: 2 });
    const { customer } = await conversation(bed);
    customer.peer.stop();
    await begins(bed, "customer", "no-audio");
    const told = bed.events.find((event) => event.type === "audio-trouble");
    assert.ok(told?.type === "audio-trouble" && told.sinceMs <= 4500, JSON.stringify(told));
    customer.peer.start();
    await ends(bed, "customer", "no-audio");
    assert.equal(troublesOf(bed).length, 2, JSON.stringify(troublesOf(bed)));
  });

  test("a microphone dies: zeros come while the other talks, in two processes too", async () => {
    await using bed = await mediaBed({ processes: 2 });
    const { agent } = await conversation(bed);
    agent.peer.sendSilence();
    await begins(bed, "agent", "silence");
    agent.peer.sendTone(1000);
    await ends(bed, "agent", "silence");
    assert.equal(troublesOf(bed).length, 2, JSON.stringify(troublesOf(bed)));
  });

  test("our packets do not arrive: the party's own reports say so", async () => {
    await using bed = await mediaBed();
    const { customer } = await conversation(bed);
    // Its reports know of packets until the first, and of no more after it.
    customer.peer.report();
    for (const packets of [120, 240]) {
      await bed.until(() => customer.peer.received.length > packets);
      customer.peer.report({ frozen: true });
    }
    await begins(bed, "customer", "not-received");
    await bed.until(() => customer.peer.received.length > 320);
    customer.peer.report();
    await ends(bed, "customer", "not-received");
  });

  test("no false alarm on hold, with music", async () => {
    await using bed = await mediaBed();
    const { customer, agent } = await conversation(bed);
    const before = agent.peer.received.length;
    bed.room("talk", { customer: [], agent: [] });
    const music = { tones: [{ frequenciesHz: [600], levelDbm0: -15, onMs: 500, offMs: 0 }] };
    await customer.leg.play(music, { repeat: "forever" });
    customer.peer.sendSilence();
    agent.peer.stop();
    await bed.until(() => agent.peer.received.length > before + 270);
    assert.deepEqual(troublesOf(bed), []);
  });

  test("no false alarm while muted at the server", async () => {
    await using bed = await mediaBed();
    const { agent } = await conversation(bed);
    const before = agent.peer.received.length;
    agent.leg.mute({ mic: true });
    agent.peer.sendSilence();
    await bed.until(() => agent.peer.received.length > before + 270);
    assert.deepEqual(troublesOf(bed), []);
  });
});
