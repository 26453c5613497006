import assert from "node:assert/strict";
import { createSocket, type RemoteInfo } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { fastClock } from "../../test/kit/fast-clock.ts";
import { accepted, agreeTo, ended, failed, incoming } from "../../test/kit/sip-events.ts";
import { plainSdp, sipStack, uriAt } from "../../test/kit/sip-stack.ts";
import type { Body, SipResponseInfo, SipStackOptions, SipTrace } from "./types.ts";

const toTag = (text: string) => /^To: .*;tag=(\w+)/m.exec(text)?.[1];

/** Alice and Bob on one loopback, what Alice sends and gets kept. */
async function pair(options: Partial<SipStackOptions> = {}) {
  const stack = new AsyncDisposableStack();
  const ladder: SipTrace[] = [];
  const alice = stack.use(await sipStack({ ...options, onTrace: (trace) => ladder.push(trace) }));
  const bob = stack.use(await sipStack(options));
  const lines = (direction: "in" | "out") =>
    ladder
      .filter((trace) => trace.direction === direction)
      .map(({ text }) => text.slice(0, text.indexOf("\r\n")));
  const to = { uri: uriAt(bob, "bob"), from: uriAt(alice, "alice") };
  return { alice, bob, ladder, lines, to, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test("a late offer: the 200 offers, the ACK answers", async () => {
  await using bed = await pair();
  const there = incoming(bed.bob);
  const offers: (Body | undefined)[] = [];
  const call = bed.alice.invite({
    ...bed.to,
    async answerOffer(offer) {
      offers.push(offer);
      return plainSdp("127.0.0.1", 40_444);
    },
  });
  const bob = await there;
  assert.equal(bob.body, undefined);
  const answer = new Promise<Body>((resolve) => bob.on("answer", resolve));
  bob.accept(plainSdp("127.0.0.1", 40_333));
  await accepted(call);
  assert.match((await answer).content, /40444/);
  assert.match(offers[0]?.content ?? "", /40333/);
});

test("hold and resume are re-offers; INFO goes both ways", async () => {
  await using bed = await pair();
  const there = incoming(bed.bob);
  const call = bed.alice.invite({ ...bed.to, body: plainSdp() });
  const bob = await there;
  bob.accept(plainSdp());
  await accepted(call);
  const refused = await call.reinvite(plainSdp());
  assert.equal(refused.status, 488, "nobody listens for re-offers");
  agreeTo(bob, plainSdp("127.0.0.1", 40_555));
  assert.match((await call.reinvite(plainSdp())).body?.content ?? "", /40555/);
  const digit = new Promise<Body | undefined>((resolve) => call.on("info", resolve));
  assert.equal(
    (await bob.info({ type: "application/dtmf-relay", content: "Signal=5\r\nDuration=160\r\n" })).status,
    200,
  );
  assert.equal((await digit)?.content, "Signal=5\r\nDuration=160\r\n");
});

test("a caller that demands 100rel gets its 183 again until PRACK, and the 200 after it", async () => {
  await using bed = await pair();
  const there = incoming(bed.bob);
  const call = bed.alice.invite({ ...bed.to, body: plainSdp(), headers: [["Require", "100rel"]] });
  const progress: SipResponseInfo[] = [];
  call.onProgress((response) => progress.push(response));
  const bob = await there;
  bob.progress(183, plainSdp());
  bob.progress(180);
  bob.accept(plainSdp());
  await accepted(call);
  assert.deepEqual(
    progress.map(({ status }) => status),
    [183, 180],
  );
  assert.equal(bed.lines("out").filter((line) => line.startsWith("PRACK")).length, 2);
  const order = bed.ladder.filter(({ direction }) => direction === "in").map(({ text }) => text);
  assert.ok(
    order.findIndex((text) => /CSeq: \d+ PRACK/.test(text)) <
      order.findIndex((text) => text.startsWith("SIP/2.0 200") && /CSeq: 1 INVITE/.test(text)),
  );
});

test("an extension nobody knows is refused by name", async () => {
  await using bed = await pair();
  const failure = await failed(bed.alice.invite({ ...bed.to, headers: [["Require", "100rel, teleport"]] }));
  assert.equal(failure.status, 420);
  assert.deepEqual(
    failure.headers.find(([name]) => name === "Unsupported"),
    ["Unsupported", "teleport"],
  );
});

test("a session is refreshed at half its interval, and ends when nobody refreshes", async () => {
  await using bed = await pair({ clock: fastClock(100) });
  const there = incoming(bed.bob);
  const call = bed.alice.invite({
    ...bed.to,
    body: plainSdp(),
    headers: [["Session-Expires", "120;refresher=uac"]],
  });
  const bob = await there;
  bob.accept(plainSdp());
  await accepted(call);
  const refreshed = () => bed.lines("out").filter((line) => line.startsWith("UPDATE")).length;
  const secondRefresh = new Promise<void>((resolve) => {
    const watch = setInterval(() => {
      if (refreshed() < 2) return;
      clearInterval(watch);
      resolve();
    }, 10);
  });
  await secondRefresh;
  const bobEnded = ended(bob);
  await bed.alice[Symbol.asyncDispose]();
  assert.deepEqual(await bobEnded, { by: "stack", stackCause: "session-expired" });
});

test("too short a session is refused with the shortest we take, and asked for again with that", async () => {
  await using bed = await pair();
  bed.bob.onInvite((bob) => bob.accept(plainSdp()));
  const headers = [["Session-Expires", "30"]] as const;
  await accepted(bed.alice.invite({ ...bed.to, body: plainSdp(), headers }));
  const answers = bed.lines("in").filter((line) => /^SIP.* (?:422|200)/.test(line));
  assert.deepEqual(answers, ["SIP/2.0 422 Session Interval Too Small", "SIP/2.0 200 OK"]);
  const asked = bed.ladder.flatMap(({ direction, text }) =>
    direction === "out" && text.startsWith("INVITE") ? [/^Session-Expires: (.*)\r$/m.exec(text)?.[1]] : [],
  );
  assert.deepEqual(asked, ["30", "90"]);
});

test("a forked INVITE answered twice: the first wins, the second is acknowledged and ended", async () => {
  await using alice = await sipStack();
  const proxy = createSocket("udp4").bind(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address();
  const got: string[] = [];
  const secondEnded = new Promise<void>((resolve) =>
    proxy.on("message", (data, remote: RemoteInfo) => {
      const text = data.toString();
      const [method] = text.split(" ");
      got.push(`${method} ${toTag(text) ?? ""}`.trim());
      const respond = (status: string, tag: string) => {
        const copied = text.match(/^(?:Via|From|To|Call-ID|CSeq): .*$/gm)!.join("\r\n");
        const tagged = toTag(text) === undefined ? copied.replace(/^To: .*$/m, `$&;tag=${tag}`) : copied;
        const contact = `Contact: <sip:${tag}@127.0.0.1:${port}>`;
        proxy.send(
          `SIP/2.0 ${status}\r\n${tagged}\r\n${contact}\r\nContent-Length: 0\r\n\r\n`,
          remote.port,
          remote.address,
        );
      };
      if (method === "INVITE") {
        respond("180 Ringing", "one");
        respond("180 Ringing", "two");
        respond("200 OK", "one");
        respond("200 OK", "two");
      }
      if (method === "BYE") {
        respond("200 OK", "");
        resolve();
      }
    }),
  );
  const call = alice.invite({
    uri: `sip:bob@127.0.0.1:${port}`,
    from: "sip:alice@127.0.0.1",
    body: plainSdp(),
  });
  let endings = 0;
  call.on("ended", () => endings++);
  await accepted(call);
  await secondEnded;
  assert.deepEqual(got, ["INVITE", "ACK one", "ACK two", "BYE two"]);
  assert.equal(endings, 0, "the call itself goes on");
  proxy.close();
});

test("OPTIONS finds who is there, and who is not", async () => {
  await using bed = await pair({ clock: fastClock(100) });
  const target = bed.bob.local[0]!;
  assert.equal((await bed.alice.probe(target, "sip:bob@127.0.0.1")).status, 200);
  await bed.bob[Symbol.asyncDispose]();
  assert.equal((await bed.alice.probe(target, "sip:bob@127.0.0.1")).status, 408);
});
