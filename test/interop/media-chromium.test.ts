import assert from "node:assert/strict";
import { test } from "node:test";
import { type ChromiumParty, openChromiumParty } from "../kit/chromium-party.ts";
import { mediaBed, type MediaBed, type Party } from "../kit/media-bed.ts";

/** The browser's microphone hears 1000 Hz, the phone sends 400 Hz. */
async function meet(bed: MediaBed, browser: ChromiumParty, phone: Party): Promise<void> {
  phone.peer.sendTone(400).start();
  bed.room("room", { browser: ["phone"], phone: ["browser"] });
  await bed.until(() => phone.peer.toneLevel(1000) > -20);
  await bed.until(async () => (await browser.heardDb(400)) > -40);
}

test("a browser that answers our offer hears and is heard; hold and unhold from our stored SDP", async () => {
  await using bed = await mediaBed();
  await using browser = await openChromiumParty(1000);
  const leg = await bed.pool.createLeg({ legId: "browser", kind: "webrtc", affinity: "bed" });
  await leg.acceptAnswer(await browser.answer(await leg.offer()));
  const phone = await bed.offered("phone", "PCMU");
  await meet(bed, browser, phone);

  await browser.acceptAnswer(await leg.answer(await browser.reoffer("inactive")));
  assert.equal(leg.heldByParty, true);
  await bed.until(() => phone.peer.toneLevel(1000) < -50);
  await browser.acceptAnswer(await leg.answer(await browser.reoffer("sendrecv")));
  assert.equal(leg.heldByParty, false);
  await bed.until(() => phone.peer.toneLevel(1000) > -20);
});

test("a browser that offers hears and is heard; its DTMF arrives; our RTCP gives a round trip", async () => {
  await using bed = await mediaBed();
  await using browser = await openChromiumParty(1000);
  const leg = await bed.pool.createLeg({ legId: "browser", kind: "webrtc", affinity: "bed" });
  await browser.acceptAnswer(await leg.answer(await browser.offer()));
  const phone = await bed.answered("phone");
  await meet(bed, browser, phone);
  await browser.sendDtmf("5#");
  await bed.until(() => phone.peer.digits.join("") === "5#");
  assert.equal((await bed.event("dtmf", "browser")).digit, "5");
  const reported = () =>
    bed.events.some(
      (e) =>
        e.type === "stats" &&
        e.legId === "browser" &&
        e.stats.security === "DTLS-SRTP" &&
        e.stats.roundTripMs !== undefined &&
        (e.stats.recent.out?.packets ?? 0) > 50,
    );
  await bed.until(reported, 20_000);
  assert.deepEqual(
    bed.events.filter((e) => e.type === "audio-trouble"),
    [],
  );
});

test("a browser that changes its network restarts ICE and is heard again", async () => {
  await using bed = await mediaBed();
  await using browser = await openChromiumParty(1000);
  const leg = await bed.pool.createLeg({ legId: "browser", kind: "webrtc", affinity: "bed" });
  await browser.acceptAnswer(await leg.answer(await browser.offer()));
  const phone = await bed.answered("phone");
  await meet(bed, browser, phone);
  const answer = await leg.answer(await browser.restartIce());
  bed.events.length = 0;
  await browser.acceptAnswer(answer);
  await bed.until(() => bed.events.some((e) => e.type === "connection" && e.state === "connected"));
  const from = phone.peer.received.length;
  await bed.until(() => phone.peer.received.length > from + 50 && phone.peer.toneLevel(1000) > -20);
  await bed.until(async () => (await browser.heardDb(400)) > -40);
});

test("a browser with Opus and a phone with Opus hear each other, relayed; with G.711 they do, mixed", async () => {
  await using bed = await mediaBed();
  for (const [codec, from] of [
    ["OPUS", "browser"],
    ["OPUS", "us"],
    ["PCMA", "browser"],
  ] as const) {
    await using browser = await openChromiumParty(1000);
    const codecs = ["OPUS", "PCMA"] as const;
    const leg = await bed.pool.createLeg({
      legId: "browser",
      kind: "webrtc",
      affinity: "bed",
      codecs: [...codecs],
    });
    if (from === "us") await leg.acceptAnswer(await browser.answer(await leg.offer()));
    else await browser.acceptAnswer(await leg.answer(await browser.offer()));
    const phone = await bed.offered("phone", codec, { codecs: [codec] });
    await meet(bed, browser, phone);
    const told = () =>
      bed.events.flatMap((e) => (e.type === "stats" && e.legId === "browser" ? [e.stats] : [])).at(-1);
    await bed.until(() => told()?.codec === "OPUS" && told()!.bufferMs > 0 === (codec === "PCMA"));
    leg.close();
    phone.leg.close();
    await bed.until(() => bed.pool.status().every(({ legs }) => legs === 0));
    bed.events.length = 0;
  }
});
