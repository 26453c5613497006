import assert from "node:assert/strict";
import { test } from "node:test";
import type { SwitchEvent } from "../../server/switch/switch.ts";
import type { OutgoingCall } from "../../server/sip/types.ts";
import { flood, malformed, strangerInvite } from "../kit/flood.ts";
import { RtpPeer } from "../kit/rtp-peer.ts";
import { sipStack, uriAt } from "../kit/sip-stack.ts";
import { testSwitch, trunkTo } from "../kit/switch-bed.ts";
import { until } from "../kit/until.ts";

const strangers = ["127.0.0.66", "127.0.0.67"] as const;

test("malformed packets and INVITEs by the thousand: calls keep their sound, a new call is answered", async () => {
  await using stack = new AsyncDisposableStack();
  const sip = stack.use(await sipStack());
  const sw = stack.use(await testSwitch());
  sw.setTrunks([trunkTo({ host: "127.0.0.1", port: sip.local[0]!.port })]);
  const legs: string[] = [];
  sw.on((event: SwitchEvent) => {
    if (event.type !== "leg-incoming" || event.trunkId === undefined) return;
    legs.push(event.legId);
    void sw.answer(event.legId, "flood");
  });
  const { host, port } = sw.sipLocal[0]!;

  async function call(number: string): Promise<{ peer: RtpPeer; call: OutgoingCall }> {
    const peer = stack.use(await RtpPeer.open());
    const invite = sip.invite({
      uri: `sip:${number}@127.0.0.1:${port}`,
      from: uriAt(sip, "carrier"),
      body: { type: "application/sdp", content: peer.sdp() },
    });
    const sdp = await new Promise<string>((resolve, reject) => {
      invite.onAccepted(({ body }) => resolve(body?.content ?? ""));
      invite.onFailed(({ status }) => reject(new Error(`refused with ${status}`)));
    });
    peer.aim(sdp).start();
    return { peer, call: invite };
  }

  const [a, b] = [await call("1001"), await call("1002")];
  a.peer.sendTone(400);
  b.peer.sendTone(1000);
  sw.setRoom(
    "room",
    legs.map((legId) => ({ legId, role: "talk" as const })),
  );
  await until("they hear each other", () => a.peer.toneLevel(1000) > -14 && b.peer.toneLevel(400) > -14);

  const [from, ms, to] = [a.peer.received.length, 1500, { host, port }];
  const flooding = Promise.all([
    flood({ from: strangers[0], to, ms, perSecond: 10_000, datagram: malformed }),
    flood({ from: strangers[1], to, ms, perSecond: 2000, datagram: strangerInvite(strangers[1]) }),
  ]);
  const during = await call("1003");
  await until("the new call gets sound", () => during.peer.received.length > 10);
  const sent = await flooding;
  assert.ok(sent[0] > 5000 && sent[1] > 1000, `a flood indeed: ${sent.join(" ")}`);
  await until("sound goes on", () => a.peer.received.length > from + 75);
  assert.deepEqual([a.peer.gaps().missing, b.peer.gaps().missing], [0, 0], "nothing lost");
  assert.ok(a.peer.toneLevel(1000) > -14 && b.peer.toneLevel(400) > -14);
  assert.equal(sw.legs().length, 3, "no stranger got a leg");
  for (const one of [a, b, during]) one.call.hangup();
  await until("all calls end", () => sw.legs().length === 0);
});
