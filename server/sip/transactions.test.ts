import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock } from "../kernel/clock.ts";
import { silentLog } from "../kernel/log.ts";
import { newSipCounts } from "./counts.ts";
import { seededRandom } from "../kernel/random.ts";
import { formatMessage, type SipMessage, type SipRequest } from "./message.ts";
import { parseMessage } from "./parser.ts";
import type { ReceivedRequest, ReceivedResponse } from "./received.ts";
import { responseTo } from "./response.ts";
import { createSourceGuard } from "./source-guard.ts";
import { createTransactionLayer } from "./transaction-layer.ts";
import type { ServerTransaction } from "./transaction-server.ts";
import {
  clientMachine,
  inviteClientMachine,
  inviteServerMachine,
  serverMachine,
} from "./transaction-machines.ts";
import { createTransportLayer } from "./transport-layer.ts";
import type { SipTarget } from "./types.ts";

const peer: SipTarget = { transport: "udp", host: "192.0.2.9", port: 5060 };
const local: SipTarget = { transport: "udp", host: "192.0.2.1", port: 5060 };

const request = (method: string): SipRequest => ({
  kind: "request",
  method,
  uri: "sip:b@192.0.2.9",
  headers: [
    ["From", "<sip:a@192.0.2.1>;tag=1"],
    ["To", "<sip:b@192.0.2.9>"],
    ["Call-ID", "c1"],
    ["CSeq", `1 ${method}`],
  ],
  body: Buffer.alloc(0),
});

/** The transaction layer on a clock that stands still, its wire a list. */
function bench(target = peer) {
  const clock = manualClock();
  const sent: SipMessage[] = [];
  const told: string[] = [];
  const requests: { request: ReceivedRequest; transaction: ServerTransaction }[] = [];
  const counts = newSipCounts();
  const transports = createTransportLayer({
    clock,
    counts,
    log: silentLog,
    guard: createSourceGuard(clock),
    trustOf: () => "trunk",
    onRequest: (request) => layer.receiveRequest(request),
    onResponse: (response) => layer.receiveResponse(response),
    onRefused: () => told.push("refused"),
    onClosed: () => undefined,
  });
  transports.add({
    kind: target.transport,
    local,
    send(data) {
      const parsed = parseMessage(data);
      if (parsed.ok) sent.push(parsed.message);
    },
    async [Symbol.asyncDispose]() {},
  });
  const layer = createTransactionLayer({
    transports,
    clock,
    counts,
    random: seededRandom(1),
    onRequest: (request, transaction) => requests.push({ request, transaction }),
    onAck: () => told.push("ack"),
  });
  const start = (method: string) => {
    const message = request(method);
    const transaction = layer.request(message, target, {
      onResponse: (response: ReceivedResponse) => told.push(String(response.message.status)),
      onTimeout: () => told.push("timeout"),
      onTransportError: () => told.push("transport"),
    });
    return Object.assign(transaction, { request: message });
  };
  const answer = (to: SipRequest, status: number) =>
    transports.sink.packet(formatMessage(responseTo(to, status, { toTag: "2" })), target, local);
  const receive = (method: string) => {
    const message = request(method);
    message.headers.unshift([
      "Via",
      `SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKin-${method === "ACK" ? "INVITE" : method}`,
    ]);
    transports.sink.packet(formatMessage(message), target, local);
  };
  const kinds = () =>
    sent.map((message) => (message.kind === "request" ? message.method : String(message.status)));
  return { clock, counts, layer, sent, told, requests, start, answer, receive, kinds };
}

const statuses = (bed: ReturnType<typeof bench>) => bed.kinds().join(" ");

test("INVITE without an answer: timer A doubles, timer B gives up after 32 s, nothing is left", () => {
  const bed = bench();
  bed.start("INVITE");
  const at: number[] = [0];
  for (let ms = 100, seen = 1; ms <= 33_000; ms += 100) {
    bed.clock.advance(100);
    if (bed.sent.length > seen) at.push(ms);
    seen = bed.sent.length;
  }
  assert.deepEqual(at, [0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
  assert.deepEqual(bed.told, ["timeout"]);
  assert.deepEqual([bed.layer.size, bed.clock.pending()], [0, 0]);
  const { sent, retransmissions, timeouts } = bed.counts;
  assert.deepEqual([sent.udp, retransmissions, timeouts], [7, 6, 1]);
});

test("non-INVITE: timer E doubles up to T2, slows to T2 after 1xx", () => {
  const bed = bench();
  const { request } = bed.start("OPTIONS");
  bed.clock.advance(4_000);
  assert.equal(bed.sent.length, 4, "0, 0.5, 1.5, 3.5 s");
  bed.answer(request, 100);
  bed.clock.advance(8_000);
  assert.equal(bed.sent.length, 6);
  bed.answer(request, 200);
  bed.answer(request, 200);
  assert.deepEqual(bed.told, ["100", "200"]);
  bed.clock.advance(5_000);
  assert.deepEqual([bed.layer.size, bed.clock.pending()], [0, 0]);
});

test("a refused INVITE is acknowledged as often as it is refused, and told once", () => {
  const bed = bench();
  const { request } = bed.start("INVITE");
  bed.answer(request, 180);
  bed.answer(request, 486);
  bed.answer(request, 486);
  assert.equal(statuses(bed), "INVITE ACK ACK");
  assert.deepEqual(bed.told, ["180", "486"]);
  bed.clock.advance(32_000);
  assert.deepEqual([bed.layer.size, bed.clock.pending()], [0, 0]);
});

test("every 2xx to an INVITE goes up for 32 s (RFC 6026), then the state is gone", () => {
  const bed = bench();
  const { request } = bed.start("INVITE");
  bed.answer(request, 200);
  bed.clock.advance(31_000);
  bed.answer(request, 200);
  assert.deepEqual(bed.told, ["200", "200"]);
  bed.clock.advance(1_000);
  bed.answer(request, 200);
  assert.deepEqual(bed.told, ["200", "200"]);
  assert.deepEqual([bed.layer.size, bed.clock.pending()], [0, 0]);
});

test("a request that comes again is answered again, not told again", () => {
  const bed = bench();
  bed.receive("OPTIONS");
  const { request, transaction } = bed.requests[0]!;
  transaction.respond(responseTo(request.message, 200));
  bed.receive("OPTIONS");
  assert.equal(bed.requests.length, 1);
  assert.equal(statuses(bed), "200 200");
  bed.clock.advance(32_000);
  bed.receive("OPTIONS");
  assert.equal(bed.requests.length, 2);
});

test("our refusal of an INVITE is repeated until ACK, which ends it", () => {
  const bed = bench();
  bed.receive("INVITE");
  const { request, transaction } = bed.requests[0]!;
  transaction.respond(responseTo(request.message, 486));
  bed.clock.advance(1_500);
  assert.equal(statuses(bed), "486 486 486");
  bed.receive("ACK");
  bed.clock.advance(5_000);
  assert.equal(statuses(bed), "486 486 486");
  assert.deepEqual([bed.layer.size, bed.clock.pending()], [0, 0]);
});

test("a refusal nobody acknowledges is given up after 32 s", () => {
  const bed = bench();
  bed.receive("INVITE");
  const { request, transaction } = bed.requests[0]!;
  transaction.onFailed((cause) => bed.told.push(cause));
  transaction.respond(responseTo(request.message, 503));
  bed.clock.advance(32_000);
  assert.deepEqual(bed.told, ["no-ack"]);
  assert.deepEqual([bed.layer.size, bed.clock.pending()], [0, 0]);
});

test("an ACK on the branch of an INVITE we accepted belongs to the dialog", () => {
  const bed = bench();
  bed.receive("INVITE");
  const { request, transaction } = bed.requests[0]!;
  transaction.respond(responseTo(request.message, 200));
  bed.receive("INVITE");
  bed.receive("ACK");
  assert.deepEqual(bed.told, ["ack"]);
  assert.equal(statuses(bed), "200", "the 2xx is the upper layer's to repeat");
});

test("on a reliable transport nothing is repeated and finished state goes at once", () => {
  const bed = bench({ ...peer, transport: "tcp" });
  const { request } = bed.start("OPTIONS");
  bed.clock.advance(10_000);
  assert.equal(bed.sent.length, 1);
  bed.answer(request, 200);
  bed.clock.advance(0);
  assert.deepEqual([bed.layer.size, bed.clock.pending()], [0, 0]);
});

test("from every state of every machine there is a way out", () => {
  for (const machine of [inviteClientMachine, clientMachine, inviteServerMachine, serverMachine]) {
    const table = machine as Record<string, Record<string, readonly string[] | "ignore">>;
    for (const start of Object.keys(table)) {
      const reached = new Set([start]);
      for (const state of reached)
        for (const step of Object.values(table[state]!)) if (step !== "ignore") reached.add(step[0]!);
      assert.ok(reached.has("terminated"), start);
    }
  }
});
