import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { writeRtpHeader } from "../../server/media/rtp-packet.ts";
import { mediaBed } from "../kit/media-bed.ts";
import { RtpPeer } from "../kit/rtp-peer.ts";

void describe("encrypted audio on the wire", { concurrency: 3 }, () => {
  test("an encrypted party and a plain one hear each other; keys change under the call", async () => {
    await using bed = await mediaBed();
    await using peer = await RtpPeer.open();
    const leg = await bed.pool.createLeg({ legId: "safe", kind: "rtp", affinity: "a", srtp: "preferred" });
    peer.encrypt();
    const answer = await leg.answer(peer.sdp());
    assert.match(answer, /^m=audio \d+ RTP\/SAVP 8 101\r\n(?:.*\r\n)*a=crypto:1 AEAD_AES_128_GCM inline:/m);
    peer.aim(answer).sendTone(440).start();
    const plain = await bed.offered("plain");
    plain.peer.sendTone(1000).start();
    bed.room("talk", { safe: ["plain"], plain: ["safe"] });
    await bed.until(() => plain.peer.toneLevel(440) > -15 && peer.toneLevel(1000) > -15);

    peer.encrypt();
    const renewed = await leg.answer(peer.sdp());
    assert.notEqual(/inline:\S+/.exec(renewed)?.[0], /inline:\S+/.exec(answer)?.[0]);
    peer.aim(renewed);
    const from = [plain.peer.received.length, peer.received.length] as const;
    await bed.until(() => plain.peer.received.length > from[0] + 50 && peer.received.length > from[1] + 50);
    assert.ok(plain.peer.toneLevel(440) > -15 && peer.toneLevel(1000) > -15);
  });

  test("a stranger's plain packets neither sound nor move the way back", async () => {
    await using bed = await mediaBed();
    await using peer = await RtpPeer.open();
    await using stranger = await RtpPeer.open();
    const leg = await bed.pool.createLeg({ legId: "safe", kind: "rtp", affinity: "a", srtp: "required" });
    const answer = await leg.answer(peer.encrypt().sdp());
    peer.aim(answer);
    const plain = await bed.offered("plain");
    plain.peer.sendTone(1000).start();
    bed.room("talk", { safe: ["plain"], plain: ["safe"] });
    stranger
      .aim(answer.replace(/RTP\/SAVP/, "RTP/AVP"))
      .sendTone(700)
      .start();
    const junk = Buffer.alloc(188, 7);
    for (let sequence = 0; sequence < 200; sequence++) {
      writeRtpHeader(junk, { payloadType: 8, marker: false, sequence, timestamp: 160 * sequence, ssrc: 9 });
      stranger.sendRaw(Buffer.from(junk));
    }
    await bed.until(() => peer.received.length > 100);
    assert.equal(stranger.received.length, 0);
    assert.ok(plain.peer.level() < -60, `${plain.peer.level()}`);
    peer.sendTone(440).start();
    await bed.until(() => plain.peer.toneLevel(440) > -15);
  });

  test("who demands encryption takes nothing else; who has it turned off takes no SAVP", async () => {
    await using bed = await mediaBed();
    await using peer = await RtpPeer.open();
    const leg = (legId: string, srtp: "off" | "required") =>
      bed.pool.createLeg({ legId, kind: "rtp", affinity: "a", srtp });
    const [demanding, off] = await Promise.all([leg("demanding", "required"), leg("off", "off")]);
    await assert.rejects(demanding.answer(peer.sdp()), { code: "srtp-required", status: 488 });
    assert.match(await demanding.offer(), /RTP\/SAVP/);
    await assert.rejects(demanding.acceptAnswer(peer.sdp()), { code: "srtp-required" });
    await assert.rejects(off.answer(peer.encrypt().sdp()), { code: "srtp-not-allowed", status: 488 });
  });
});
