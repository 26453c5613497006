import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { fastClock } from "../../test/kit/fast-clock.ts";
import { textMutator } from "../../test/kit/fuzz/mutate.ts";
import { sipTokens } from "../../test/kit/fuzz/sip-targets.ts";
import { plainSdp, sipStack } from "../../test/kit/sip-stack.ts";
import { manualClock } from "../kernel/clock.ts";
import { silentLog } from "../kernel/log.ts";
import { seededRandom } from "../kernel/random.ts";
import { hostileMessages } from "./fixtures/hostile.ts";
import { bytesOf, torture, tortureMessages } from "./fixtures/torture.ts";
import { formatMessage, header, headerValues } from "./message.ts";
import { bodyOf } from "./multipart.ts";
import { displayNameOf } from "./name-addr.ts";
import { maxHeaders, maxMessageBytes, parseMessage } from "./parser.ts";
import { readMessage, type ReceivedRequest } from "./received.ts";
import { register } from "./registrar.ts";
import { createBindings } from "./registrar-bindings.ts";
import { refusalOf } from "./response.ts";

const source = { transport: "udp", host: "192.0.2.77", port: 5060 } as const;
const local = { transport: "udp", host: "192.0.2.5", port: 5060 } as const;

function take(data: Buffer) {
  const parsed = parseMessage(data);
  if (!parsed.ok) return { status: parsed.status, reason: parsed.reason, message: parsed.message };
  const read = readMessage(parsed.message, source, local);
  return read.ok
    ? { status: 0, reason: "", received: read.received, message: parsed.message }
    : { status: read.status, reason: read.reason, message: parsed.message };
}

for (const message of tortureMessages)
  test(`RFC 4475 §${message.section} ${message.name}: ${message.trait} → ${message.expect}`, () => {
    const { status, reason, message: parsed } = take(bytesOf(message));
    if (message.expect === "valid") return assert.equal(status, 0, reason);
    assert.notEqual(status, 0, "taken as valid");
    const refusal = parsed?.kind === "request" ? refusalOf(parsed, status, reason, source) : undefined;
    assert.equal(refusal?.response.status ?? "drop", message.expect, reason);
    return undefined;
  });

test("a whole stack answers each message of RFC 4475 as it is due, and none twice", async () => {
  const answers: number[] = [];
  const probed = { id: "", done: Promise.withResolvers<void>() };
  await using stack = await sipStack({
    onTrace({ direction, callId, text }) {
      if (direction === "in") return;
      if (callId === probed.id) probed.done.resolve();
      else answers.push(Number(text.split(" ", 2)[1]));
    },
  });
  stack.onInvite((call) => call.reject(486));
  const peer = createSocket("udp4").bind(0, "127.0.0.1");
  await once(peer, "listening");
  for (const message of tortureMessages) {
    answers.length = 0;
    probed.id = `after-${message.name}`;
    probed.done = Promise.withResolvers();
    const probe = `OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK${message.name}\r\nFrom: <sip:b@127.0.0.1>;tag=b\r\nTo: <sip:a@127.0.0.1>\r\nCall-ID: ${probed.id}\r\nCSeq: 1 OPTIONS\r\n\r\n`;
    for (const data of [bytesOf(message), Buffer.from(probe)])
      peer.send(data, stack.local[0]!.port, "127.0.0.1");
    await probed.done.promise;
    assert.deepEqual(answers, message.answers, message.name);
  }
  peer.close();
});

test("what RFC 4475 leaves to the registrar is decided once the phone has proved itself", () => {
  const clock = manualClock();
  const bindings = createBindings(clock, silentLog);
  const registered = (name: string, user: string) => {
    const { received } = take(bytesOf(torture(name)));
    return register(bindings, clock, user, received as ReceivedRequest).status;
  };
  assert.equal(registered("regbadct", "user"), 400);
  assert.equal(registered("unksm2", ""), 400);
  assert.equal(registered("unksm2", "user"), 403);
  assert.equal(registered("escnull", "null-\u0000-null"), 200);
  assert.equal(registered("dblreq", "j.user"), 200);
  for (const [name, user] of [
    ["cparam01", "watson"],
    ["cparam02", "watson"],
    ["regescrt", "user"],
  ] as const)
    assert.equal(registered(name, user), 200, name);
});

test("the tortuous INVITE is read to the letter", () => {
  const { received, message } = take(bytesOf(torture("wsinv")));
  assert.ok(received && message);
  assert.equal(received.callId, "wsinv.ndaksdj@192.0.2.1");
  assert.deepEqual(received.cseq, { number: 9, method: "INVITE" });
  assert.equal(received.fromTag, "98asjd8");
  assert.equal(displayNameOf(received.from), 'J Rosenberg \\"');
  assert.equal(received.via.host, "192.0.2.2");
  assert.equal(received.via.params.get("received"), "192.0.2.77");
  assert.equal(headerValues(message, "Via").length, 3);
  assert.equal(header(message, "unknownheaderwithunusualvalue"), ";;,,;;,;");
  assert.equal(header(message, "NewFangledHeader"), "newfangled value continued newfangled value");
  assert.match(bodyOf(message)?.content ?? "", /^v=0\r\n/);
});

test("a message goes out as it came in", () => {
  for (const torture of tortureMessages.filter(({ expect }) => expect === "valid")) {
    const first = parseMessage(bytesOf(torture));
    assert.ok(first.ok);
    const second = parseMessage(formatMessage(first.message));
    assert.ok(second.ok);
    const bare = (headers: typeof first.message.headers) =>
      headers.filter(([name]) => name !== "Content-Length");
    assert.deepEqual(bare(second.message.headers), bare(first.message.headers));
    assert.deepEqual(second.message.body, first.message.body);
  }
});

test("size and number of headers are limited", () => {
  assert.equal(take(Buffer.alloc(maxMessageBytes + 1, 65)).status, 513);
  const many = bytesOf(torture("cparam01"))
    .toString("latin1")
    .replace("\r\n\r\n", `\r\n${"X: y\r\n".repeat(maxHeaders)}\r\n`);
  assert.equal(take(Buffer.from(many, "latin1")).reason, "Too many header fields");
});

test("hostile messages cost time in proportion to their size", { timeout: 20_000 }, () => {
  // A parser that goes back for every character needs seconds for each of these, not milliseconds: the limit bites.
  const hostile = hostileMessages();
  assert.ok(hostile.every(({ data }) => data.length > 50_000));
  for (const { data } of hostile) take(data);
});

test("a whole stack outlives mutated calls, and answers the next one", async () => {
  let arrived = 0;
  await using stack = await sipStack({ clock: fastClock(50) });
  stack.onInvite((call) => {
    arrived++;
    call.progress(183, plainSdp());
    call.accept(plainSdp());
  });
  const peer = createSocket("udp4").bind(0, "127.0.0.1");
  await once(peer, "listening");
  const random = seededRandom(3261);
  const mutate = textMutator(sipTokens);
  const originals = tortureMessages.map((torture) => bytesOf(torture));
  const here = `127.0.0.1:${peer.address().port}`;
  const message = (method: string, id: number, seq: number, extra = "") =>
    `${method} sip:bob@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP ${here};rport;branch=z9hG4bK${id}-${seq}\r\nMax-Forwards: 70\r\n` +
    `From: "A" <sip:a@${here}>;tag=f${id}\r\nTo: <sip:bob@127.0.0.1>${extra}\r\nCall-ID: c${id}\r\nCSeq: ${seq} ${method}\r\n` +
    `Contact: <sip:a@${here}>\r\nRecord-Route: <sip:${here};lr>\r\nRequire: 100rel\r\nSession-Expires: 120;refresher=uac\r\n` +
    `RAck: 1 1 INVITE\r\nContent-Type: application/sdp\r\nContent-Length: 3\r\n\r\nv=0`;
  const methods = [
    "INVITE",
    "CANCEL",
    "ACK",
    "PRACK",
    "UPDATE",
    "INFO",
    "BYE",
    "REGISTER",
    "OPTIONS",
    "REFER",
  ];
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 100; i++) {
      const method = methods[Math.floor(random.next() * methods.length)]!;
      const text = message(method, round * 10 + (i % 10), 1 + (i % 3), i % 2 ? ";tag=x" : "");
      const data = i % 10 === 0 ? Buffer.from(text) : mutate(Buffer.from(text), originals, random);
      peer.send(data, stack.local[0]!.port, "127.0.0.1");
    }
    const other = await sipStack({ clock: fastClock(50) });
    assert.equal((await other.probe(stack.local[0]!, "sip:x@127.0.0.1")).status, 200);
    await other[Symbol.asyncDispose]();
  }
  assert.ok(arrived > 20, `${arrived} calls arrived`);
  peer.close();
});
