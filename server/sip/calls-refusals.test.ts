import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo, rawSip } from "../../test/kit/raw-sip.ts";
import { accepted, agreeTo, failed, incoming } from "../../test/kit/sip-events.ts";
import { plainSdp, sipStack } from "../../test/kit/sip-stack.ts";
import type { SipStack } from "./types.ts";

let last = 0;
const port = async (answer: Promise<{ body?: { content: string } }>) =>
  /m=audio (\d+)/.exec((await answer).body?.content ?? "")?.[1];

/** A request by hand from this port. */
const request = (method: string, from: number, extra: string[] = [], body = "", branch = ++last) =>
  [
    `${method} sip:bob@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${from};rport;branch=z9hG4bKraw${branch}`,
    ...(extra.some((line) => line.startsWith("Max-Forwards")) ? [] : ["Max-Forwards: 70"]),
    `From: <sip:raw@127.0.0.1:${from}>;tag=raw`,
    `To: <sip:bob@127.0.0.1>`,
    `Call-ID: raw${extra.includes("X-Same: 1") ? "same" : branch}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:raw@127.0.0.1:${from}>`,
    ...extra,
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");

const portOf = (stack: SipStack) => stack.local[0]!.port;
const sdp = plainSdp().content;
const sdpType = "Content-Type: application/sdp";

test("what cannot be taken is refused by its own status, and says what can", async () => {
  await using stack = await sipStack();
  await using peer = await rawSip();
  const refusals = [
    [request("INVITE", peer.port, ["Max-Forwards: 0", sdpType], sdp), "483", ""],
    [request("INVITE", peer.port, ["Require: teleport", sdpType], sdp), "420", "Unsupported: teleport"],
    [request("INVITE", peer.port, ["Content-Type: text/plain"], "hello"), "415", "Accept: application/sdp"],
    [
      request("INVITE", peer.port, ["Content-Encoding: gzip", sdpType], sdp),
      "415",
      "Accept-Encoding: identity",
    ],
    [request("INVITE", peer.port, ["Accept: text/html", sdpType], sdp), "406", "Accept: application/sdp"],
    [request("PUBLISH", peer.port), "405", "Allow: INVITE, "],
    [request("SUBSCRIBE", peer.port), "401", "WWW-Authenticate: Digest "],
    [request("DANCE", peer.port), "501", "Allow: INVITE, "],
    [request("REFER", peer.port), "403", ""],
    [request("NOTIFY", peer.port), "481", ""],
    [request("OPTIONS", peer.port), "200", "Supported: 100rel, timer, replaces"],
  ] as const;
  for (const [text, status, header] of refusals) {
    peer.send(portOf(stack), text);
    const answer = await peer.next();
    assert.match(answer, new RegExp(`^SIP/2.0 ${status} `), text);
    assert.ok(answer.includes(header), `${header} in ${answer}`);
  }
});

test("an INVITE that a proxy forked to us twice rings once", async () => {
  await using stack = await sipStack();
  await using peer = await rawSip();
  let calls = 0;
  stack.onInvite((call) => {
    calls++;
    call.progress(180);
  });
  const same = ["X-Same: 1", sdpType];
  peer.send(portOf(stack), request("INVITE", peer.port, same, sdp));
  assert.match(await peer.next(), /^SIP\/2\.0 100/);
  assert.match(await peer.next(), /^SIP\/2\.0 180/);
  peer.send(portOf(stack), request("INVITE", peer.port, same, sdp));
  assert.match(await peer.next(), /^SIP\/2\.0 482/);
  assert.equal(calls, 1);
});

test("a session description among other parts is found", async () => {
  await using stack = await sipStack();
  await using peer = await rawSip();
  const there = incoming(stack);
  const body = `--b1\r\nContent-Type: application/isup\r\n\r\nxx\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n${sdp}\r\n--b1--\r\n`;
  peer.send(portOf(stack), request("INVITE", peer.port, ["Content-Type: multipart/mixed;boundary=b1"], body));
  assert.equal((await there).body?.content, sdp);
});

test("a redirection is followed where its owner allows, the preferred address first", async () => {
  await using alice = await sipStack();
  await using carrier = await rawSip();
  await using bob = await sipStack();
  bob.onInvite((call) => (call.uri.includes("first") ? call.reject(486) : call.accept(plainSdp())));
  const call = alice.invite({
    uri: `sip:1@127.0.0.1:${carrier.port}`,
    from: "sip:alice@127.0.0.1",
    body: plainSdp(),
    redirect: (uri) => (uri.includes("forbidden") ? undefined : bob.local[0]),
  });
  const invite = await carrier.next();
  const at = `127.0.0.1:${portOf(bob)}`;
  const contact = `Contact: <sip:second@${at}>;q=0.5, <sip:forbidden@${at}>, <sip:first@${at}>;q=0.7`;
  carrier.send(portOf(alice), answerTo(invite, "302 Moved Temporarily", { tag: "m", headers: [contact] }));
  assert.match(await carrier.next(), /^ACK /);
  await accepted(call);
  call.hangup();

  const stays = alice.invite({ uri: `sip:2@127.0.0.1:${carrier.port}`, from: "sip:alice@127.0.0.1" });
  carrier.send(portOf(alice), answerTo(await carrier.next(), "302 Moved", { tag: "m", headers: [contact] }));
  assert.equal((await failed(stays)).status, 302);
});

test("UPDATE before the answer, both ways: after the first answer it re-offers, before it waits", async () => {
  await using alice = await sipStack();
  await using bob = await sipStack();
  const there = incoming(bob);
  const call = alice.invite({
    uri: `sip:bob@127.0.0.1:${portOf(bob)}`,
    from: "sip:alice@127.0.0.1",
    body: plainSdp(),
    headers: [["Require", "100rel"]],
  });
  const other = await there;
  agreeTo(call, plainSdp("127.0.0.1", 40_100));
  agreeTo(other, plainSdp("127.0.0.1", 40_200));
  assert.equal((await call.update(plainSdp())).status, 481, "nothing is negotiated yet");
  const early = new Promise((resolve) => call.onProgress(resolve));
  other.progress(183, plainSdp());
  await early;
  assert.equal(await port(call.update(plainSdp())), "40200");
  assert.equal(await port(other.update(plainSdp())), "40100");
  other.accept(plainSdp());
  await accepted(call);
  call.hangup();
});

test("a late offer in a reliable 183 is answered by its PRACK, and the 200 says nothing more", async () => {
  await using stack = await sipStack();
  await using peer = await rawSip();
  const there = incoming(stack);
  peer.send(portOf(stack), request("INVITE", peer.port, ["Require: 100rel"]));
  const call = await there;
  const answer = new Promise<string>((resolve) => call.on("answer", (body) => resolve(body.content)));
  assert.match(await peer.next(), /^SIP\/2\.0 100/);
  call.progress(183, plainSdp());
  call.accept(plainSdp());
  const offer = await peer.next();
  assert.match(offer, /^SIP\/2\.0 183[\s\S]*m=audio/);
  const [tag, rseq, callId] = [/;tag=(\w+)\r\nCall-ID/, /RSeq: (\d+)/, /Call-ID: (\w+)/].map(
    (pattern) =>
      pattern.exec(offer.replace(/^(To: .*)\r\n([\s\S]*?)(Call-ID: .*)\r\n/m, "$2$1\r\n$3\r\n"))?.[1],
  );
  const inDialog = (method: string, seq: number, extra: string[], body = "") =>
    request(method, peer.port, extra, body)
      .replace(/^To: .*$/m, `To: <sip:bob@127.0.0.1>;tag=${tag}`)
      .replace(/^Call-ID: .*$/m, `Call-ID: ${callId}`)
      .replace(/^CSeq: 1/m, `CSeq: ${seq}`);
  peer.send(portOf(stack), inDialog("PRACK", 2, [`RAck: ${rseq} 1 INVITE`, sdpType], sdp));
  assert.match(await peer.next(), /^SIP\/2\.0 200[\s\S]*CSeq: 2 PRACK/);
  assert.equal(await answer, sdp);
  const final = await peer.next();
  assert.match(final, /^SIP\/2\.0 200[\s\S]*CSeq: 1 INVITE/);
  assert.ok(!final.includes("m=audio"));
});
