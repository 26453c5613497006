/**
 * The SIP stack alone: messages parsed per second of CPU, and whole calls (INVITE, 180, 200, ACK, BYE, 200) placed
 * against SIPp as carrier at a set rate, with the share of one core that they cost this process and the memory that
 * a finished call holds while its transactions absorb what the network may repeat. Beside it what this machine's
 * kernel can do: datagrams of an INVITE's size echoed per second by a bare socket.
 * `npm run bench -- sip --rate 2000 --seconds 8`
 */
import { fork } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { systemClock } from "../server/kernel/clock.ts";
import { parseMessage } from "../server/sip/parser.ts";
import { readMessage } from "../server/sip/received.ts";
import { plainSdp, sipStack } from "../test/kit/sip-stack.ts";
import { startSipp } from "../test/kit/sipp.ts";
import { answers } from "../test/kit/sipp-scenarios.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { rate, seconds, messages } = flags({ rate: 2000, seconds: 8, messages: 200_000 });

const { content } = plainSdp();
const invite = Buffer.from(
  `INVITE sip:13800138000@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK776asdhds;rport\r\n` +
    `Max-Forwards: 70\r\nFrom: "Caller" <sip:02088889999@192.0.2.2>;tag=1928301774\r\nTo: <sip:13800138000@192.0.2.1>\r\n` +
    `Call-ID: a84b4c76e66710@192.0.2.2\r\nCSeq: 314159 INVITE\r\nContact: <sip:02088889999@192.0.2.2:5060>\r\n` +
    `Allow: INVITE, ACK, CANCEL, BYE, OPTIONS\r\nSupported: timer, 100rel\r\nUser-Agent: bench\r\n` +
    `Content-Type: application/sdp\r\nContent-Length: ${content.length}\r\n\r\n${content}`,
);

/** Messages parsed and read per second of this process's CPU. */
function parseRate(): number {
  const source = { transport: "udp", host: "192.0.2.2", port: 5060 } as const;
  const local = { ...source, host: "192.0.2.1" };
  const before = process.cpuUsage();
  for (let i = 0; i < messages; i++) {
    const parsed = parseMessage(invite);
    if (!parsed.ok || !readMessage(parsed.message, source, local).ok)
      throw new Error("the message was refused");
  }
  const { user, system } = process.cpuUsage(before);
  return (messages * 1e6) / (user + system);
}

/** Datagrams that a bare socket of this process echoes per second, and what share of a core that takes. */
async function echoRate(ms = 2000) {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  socket.on("message", (data, { port, address }) => socket.send(data, port, address));
  const load = fork(new URL("load/echo-load-process.ts", import.meta.url));
  const before = process.cpuUsage();
  load.send({ port: socket.address().port, bytes: invite.length, window: 512, ms });
  const [{ echoed }] = (await once(load, "message")) as [{ echoed: number }];
  const { user, system } = process.cpuUsage(before);
  socket.close();
  return { perSecond: (echoed * 1000) / ms, corePercent: (user + system) / 10 / ms };
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapBytes(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function callLoad() {
  const calls = rate * seconds;
  await using stack = await sipStack();
  await using carrier = await startSipp({
    scenario: answers(),
    calls,
    limit: calls,
    timeoutSeconds: seconds + 60,
  });
  const setupMs: number[] = [];
  let failures = 0;
  let open = calls;
  const over = Promise.withResolvers<void>();
  const close = () => --open === 0 && over.resolve();

  function place(): void {
    const placedAt = performance.now();
    const uri = `sip:13800138000@127.0.0.1:${carrier.port}`;
    const call = stack.invite({ uri, from: "sip:02088889999@127.0.0.1", body: plainSdp() });
    call.onAccepted(() => {
      setupMs.push(performance.now() - placedAt);
      call.hangup();
    });
    call.onFailed(() => {
      failures++;
      close();
    });
    call.on("ended", close);
  }

  const heapBefore = heapBytes();
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let placed = 0;
  const pacer = systemClock.every(4, () => {
    const due = Math.min(calls, Math.floor(((performance.now() - startedAt) / 1000) * rate));
    for (; placed < due; placed++) place();
  });
  await over.promise;
  pacer.cancel();
  const elapsed = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  const result = await carrier.done;
  const keptBytes = (heapBytes() - heapBefore) / calls;
  return {
    callsPerSecond: calls / elapsed,
    failures: failures + result.failed,
    corePct: (user + system) / 1e4 / elapsed,
    retransmissions: Number(result.stats["Retransmissions(C)"] ?? 0) + stack.counts().retransmissions,
    keptBytes,
    setupP50Ms: percentile(setupMs, 0.5),
    setupP99Ms: percentile(setupMs, 0.99),
  };
}

const parsed = parseRate();
const echo = await echoRate();
const load = await callLoad();
printTable([
  { what: "messages parsed per second of CPU", value: Math.round(parsed) },
  { what: "datagrams echoed per second by a bare socket", value: Math.round(echo.perSecond) },
  { what: "% of one core for that", value: echo.corePercent },
  { what: "calls per second", value: load.callsPerSecond },
  { what: "failures", value: load.failures },
  { what: "messages sent again, both sides", value: load.retransmissions },
  { what: "% of one core", value: load.corePct },
  { what: "set-up, median, ms", value: load.setupP50Ms },
  { what: "set-up, p99, ms", value: load.setupP99Ms },
  { what: "memory kept for a finished call, bytes", value: Math.round(load.keptBytes) },
]);
report("sip", {
  parsedPerSecond: parsed,
  dgramEchoPerSecond: echo.perSecond,
  dgramEchoCorePct: echo.corePercent,
  ...load,
});
