/**
 * The SIP stack alone: messages parsed per second of CPU, and whole calls (INVITE, 180, 200, ACK, BYE, 200) placed
 * against SIPp as carrier at a set rate, with the share of one core that they cost this process.
 * `npm run bench -- sip --rate 300 --seconds 5`
 */
import { systemClock } from "../server/kernel/clock.ts";
import { parseMessage } from "../server/sip/parser.ts";
import { readMessage } from "../server/sip/received.ts";
import { plainSdp, sipStack } from "../test/kit/sip-stack.ts";
import { startSipp } from "../test/kit/sipp.ts";
import { answers } from "../test/kit/sipp-scenarios.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { rate, seconds, messages } = flags({ rate: 300, seconds: 5, messages: 200_000 });

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

  const startedAt = performance.now();
  const before = process.cpuUsage();
  let placed = 0;
  const pacer = systemClock.every(10, () => {
    const due = Math.min(calls, Math.floor(((performance.now() - startedAt) / 1000) * rate));
    for (; placed < due; placed++) place();
  });
  await over.promise;
  pacer.cancel();
  const elapsed = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  const result = await carrier.done;
  return {
    callsPerSecond: calls / elapsed,
    failures: failures + result.failed,
    corePercent: (user + system) / 1e4 / elapsed,
    setupP50Ms: percentile(setupMs, 0.5),
    setupP99Ms: percentile(setupMs, 0.99),
  };
}

const parsed = parseRate();
const load = await callLoad();
printTable([
  { what: "messages parsed per second of CPU", value: Math.round(parsed) },
  { what: "calls per second", value: load.callsPerSecond },
  { what: "failures", value: load.failures },
  { what: "% of one core", value: load.corePercent },
  { what: "set-up, median, ms", value: load.setupP50Ms },
  { what: "set-up, p99, ms", value: load.setupP99Ms },
]);
report("sip", { parsedPerSecond: parsed, ...load });
