/**
 * What a SIP message costs on one core: cycles of parse, validate and serialise of an INVITE with SDP as carriers
 * send it, and the dearest of many hostile messages of 60 kB. `npm run bench -- parse [--seconds 5]`.
 */
import { hostileMessages } from "../server/sip/fixtures/hostile.ts";
import { bytesOf, tortureMessages } from "../server/sip/fixtures/torture.ts";
import { formatMessage } from "../server/sip/message.ts";
import { parseMessage } from "../server/sip/parser.ts";
import { readMessage } from "../server/sip/received.ts";
import { flags, percentile, printTable, report } from "./lib.ts";

const { seconds } = flags({ seconds: 5 });

const sdp = `v=0\r\no=- 1736331 1736331 IN IP4 203.0.113.9\r\ns=-\r\nc=IN IP4 203.0.113.9\r\nt=0 0\r\nm=audio 24680 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n`;
const invite = Buffer.from(
  [
    "INVITE sip:+8613800138000@198.51.100.4:5060;user=phone SIP/2.0",
    "Via: SIP/2.0/UDP 203.0.113.1:5060;branch=z9hG4bK8f3a91c2e7;rport",
    "Via: SIP/2.0/UDP 203.0.113.9:5080;branch=z9hG4bK77aa02;received=203.0.113.9",
    "Record-Route: <sip:203.0.113.1;lr;ftag=as58f4201b>",
    "Max-Forwards: 69",
    'From: "Example Trading" <sip:+862162000000@203.0.113.9>;tag=as58f4201b',
    "To: <sip:+8613800138000@198.51.100.4>",
    "Call-ID: 6d2b2d5f1a0c4f2aa2cbd2f0@203.0.113.9",
    "CSeq: 102 INVITE",
    "Contact: <sip:+862162000000@203.0.113.9:5080>",
    "User-Agent: carrier/4.2",
    "Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, UPDATE, PRACK, INFO",
    "Supported: 100rel, timer, replaces",
    "Session-Expires: 1800;refresher=uac",
    "P-Asserted-Identity: <sip:+862162000000@203.0.113.9>",
    "Content-Type: application/sdp",
    `Content-Length: ${sdp.length}`,
    "",
    sdp,
  ].join("\r\n"),
  "latin1",
);
const source = { transport: "udp", host: "203.0.113.1", port: 5060 } as const;
const local = { transport: "udp", host: "198.51.100.4", port: 5060 } as const;

/** One full cycle; the length of what would be sent on, 0 when refused. */
function cycle(data: Buffer): number {
  const parsed = parseMessage(data);
  if (!parsed.ok) return 0;
  const read = readMessage(parsed.message, source, local);
  return read.ok ? formatMessage(parsed.message).length : 0;
}

/** Seconds of processor time this thread has used: what others do on the machine is not counted. */
function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

/** Cycles per second of one core. */
function perSecond(data: readonly Buffer[], forMs: number): number {
  let cycles = 0;
  const started = cpuSeconds();
  const end = performance.now() + forMs;
  while (performance.now() < end) for (let i = 0; i < 200; i++) cycle(data[cycles++ % data.length]!);
  return cycles / (cpuSeconds() - started);
}

/** The best of three: what the message costs, not what else the machine did meanwhile. */
function cost(data: Buffer): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const started = performance.now();
      cycle(data);
      return performance.now() - started;
    }),
  );
}

if (cycle(invite) === 0) throw new Error("The INVITE of this benchmark is refused.");
perSecond([invite], 1_000);
const rounds = Array.from({ length: 5 }, () => perSecond([invite], (seconds * 1000) / 5));
const cyclesPerSecond = percentile(rounds, 0.5);
const mixedPerSecond = perSecond(
  tortureMessages.map((message) => bytesOf(message)),
  1_000,
);

const hostile = hostileMessages();
for (const { data } of hostile) cycle(data);
const costs = hostile
  .map(({ name, data }) => ({ message: name.slice(0, 60), bytes: data.length, ms: cost(data) }))
  .toSorted((a, b) => b.ms - a.ms);
printTable(costs.slice(0, 8));

report("parse", {
  cyclesPerSecond,
  bytes: invite.length,
  torturePerSecond: mixedPerSecond,
  hostileMessages: hostile.length,
  worstHostileMs: costs[0]!.ms,
  medianHostileMs: percentile(
    costs.map(({ ms }) => ms),
    0.5,
  ),
});
