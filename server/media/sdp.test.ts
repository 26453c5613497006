import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../kernel/random.ts";
import { buildSdp, parseSdp } from "./sdp.ts";
import { answerDirection, negotiate, partyHears } from "./sdp-negotiate.ts";

const avp = /^RTP\/AVPF?$/;
const body = (...lines: string[]) =>
  ["v=0", "o=- 1 1 IN IP4 198.51.100.7", "s=-", "t=0 0", ...lines].join("\r\n");

test("a carrier's offer: static types without rtpmap, G.729 and video beside", () => {
  const sdp = parseSdp(
    body(
      "c=IN IP4 198.51.100.7",
      "m=audio 40012 RTP/AVP 18 0 8 97",
      "a=rtpmap:18 G729/8000",
      "a=rtpmap:97 telephone-event/8000",
      "a=fmtp:97 0-15",
      "a=ptime:20",
      "m=video 40014 RTP/AVP 34",
    ),
  )!;
  assert.deepEqual(negotiate(sdp, ["PCMA", "PCMU"], avp), {
    codec: "PCMA",
    payloadType: 8,
    dtmfPayloadType: 97,
    dtmfClockRate: 8000,
    partyDirection: "sendrecv",
  });
  const answer = buildSdp(
    { id: 5, version: 1, host: "203.0.113.1" },
    { lines: ["m=audio 30000 RTP/AVP 8"] },
    sdp,
  );
  assert.match(answer, /m=audio 30000 RTP\/AVP 8\r\nm=video 0 RTP\/AVP 34\r\n$/);
});

test("holding, in the three ways it is written", () => {
  const held = (host: string, direction: string) => {
    const sdp = parseSdp(body(`c=IN IP4 ${host}`, "m=audio 4000 RTP/AVP 0", `a=${direction}`));
    return negotiate(sdp, ["PCMU"], avp).partyDirection;
  };
  assert.equal(held("192.0.2.1", "sendonly"), "sendonly");
  assert.equal(answerDirection("sendonly"), "recvonly");
  assert.equal(held("192.0.2.1", "inactive"), "inactive");
  assert.equal(partyHears(held("0.0.0.0", "sendrecv")), false);
  const onSession = parseSdp(body("c=IN IP4 192.0.2.1", "a=sendonly", "m=audio 4000 RTP/AVP 0"))!;
  assert.equal(onSession.audio.direction, "sendonly");
});

const refuses = (text: string, message: RegExp) =>
  assert.throws(() => negotiate(parseSdp(text), ["PCMA"], avp), {
    code: "no-common-codec",
    status: 488,
    message,
  });

test("a body we cannot use is refused with what it offers", () => {
  refuses(
    body("c=IN IP4 192.0.2.1", "m=audio 4000 RTP/AVP 18", "a=rtpmap:18 G729/8000"),
    /G729\/8000, we take PCMA/,
  );
  refuses(body("c=IN IP4 192.0.2.1", "m=audio 0 RTP/AVP 8"), /refused the audio/);
  refuses(body("m=video 4000 RTP/AVP 34"), /no audio/);
  refuses(body("c=IN IP4 192.0.2.1", "m=audio 99999 RTP/AVP 8"), /port 99999 does not exist/);
  refuses(body("c=IN IP4 192.0.2.1", "m=audio 4000 RTP/SAVP 8"), /profile RTP\/SAVP/);
  refuses("", /no audio/);
});

test("ten thousand mangled bodies raise nothing but a refusal", () => {
  const random = seededRandom(7);
  const seed = body("c=IN IP4 192.0.2.1", "m=audio 4000 RTP/AVP 8 101", "a=rtpmap:101 telephone-event/8000");
  for (let i = 0; i < 10_000; i++) {
    const at = Math.floor(random.next() * seed.length);
    const junk = String.fromCodePoint(Math.floor(random.next() * 300)).repeat(Math.floor(random.next() * 4));
    const text = seed.slice(0, at) + junk + seed.slice(at + Math.floor(random.next() * 9));
    try {
      negotiate(parseSdp(text), ["PCMA"], avp);
    } catch (error) {
      assert.equal((error as { code?: string }).code, "no-common-codec", text);
    }
  }
});
