import assert from "node:assert/strict";
import { seededRandom } from "../../../server/kernel/random.ts";
import { parseDigest } from "../../../server/sip/digest.ts";
import { bytesOf, tortureMessages } from "../../../server/sip/fixtures/torture.ts";
import { formatMessage, header, headerValues } from "../../../server/sip/message.ts";
import { bodyOf } from "../../../server/sip/multipart.ts";
import { displayNameOf, parseNameAddr } from "../../../server/sip/name-addr.ts";
import { maxMessageBytes, parseMessage } from "../../../server/sip/parser.ts";
import { readMessage } from "../../../server/sip/received.ts";
import { refusalOf, responseTo } from "../../../server/sip/response.ts";
import { formatReplaces, parseReplaces } from "../../../server/sip/replaces.ts";
import { answerSessionTimer, sessionExpiresOf } from "../../../server/sip/session-timer.ts";
import { createStreamFramer } from "../../../server/sip/stream-framer.ts";
import { formatUri, parseUri, userOf } from "../../../server/sip/uri.ts";
import { formatVia, parseVia } from "../../../server/sip/via.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { textMutator } from "./mutate.ts";

const source = { transport: "udp", host: "192.0.2.77", port: 5060 } as const;
const local = { transport: "udp", host: "192.0.2.5", port: 5060 } as const;

/** Signs and words at which a SIP parser may break. */
export const sipTokens = [
  ...'\r\n|\r\n |:|;|,|<|>|"|\\|\u0000|\u00ff|%|%00|=|@|SIP/2.0|(|Via: |Content-Length: |[::|]|?|*|\t'.split(
    "|",
  ),
  " ".repeat(50),
  "9".repeat(30),
  ";lr",
  ";tag=",
  "Route: ",
  "Contact: *",
  'Digest nonce="',
  "sips:",
  "tel:+",
];

const authorized = [
  "REGISTER sip:192.0.2.5 SIP/2.0",
  "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-r;rport",
  "Max-Forwards: 70",
  'From: "\u00e5\u00a4\u0096\u00e5\u0091\u00bc" <sip:6001@192.0.2.5>;tag=1',
  "To: <sip:6001@192.0.2.5>",
  "Call-ID: reg@192.0.2.1",
  "CSeq: 2 REGISTER",
  'Contact: <sip:6001@192.0.2.1:5060;ob>;expires=300;+sip.instance="<urn:uuid:1>";reg-id=1',
  'Authorization: Digest username="6001", realm="waihu", nonce="abc", uri="sip:192.0.2.5", response="0f", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="x"',
  "Path: <sip:192.0.2.9;lr>",
  "Supported: path, outbound",
  "Session-Expires: 1800;refresher=uac",
  'Reason: Q.850;cause=16;text="Normal"',
  "Content-Length: 0",
  "",
  "",
].join("\r\n");

const seeds = [...tortureMessages.map(bytesOf), Buffer.from(authorized, "latin1")];

const bare = (headers: readonly (readonly [string, string])[]) =>
  headers.filter(([name]) => name !== "Content-Length");

/** What is read out of a header means the same after it was written. */
function readValues(headers: readonly (readonly [string, string])[]): void {
  for (const [name, value] of headers) {
    const address = parseNameAddr(value);
    if (address) {
      displayNameOf(address);
      const uri = parseUri(address.uri);
      userOf(uri);
      if (uri) assert.deepEqual(parseUri(formatUri(uri)), uri);
    }
    const via = name === "Via" ? parseVia(value) : undefined;
    if (via) assert.deepEqual(parseVia(formatVia(via)), via);
    parseDigest(value);
    const replaces = parseReplaces(value);
    if (replaces) assert.ok(parseReplaces(formatReplaces(replaces)), "written in a form that is refused");
  }
}

/** A message is refused with a well-formed answer, or it can be written and read again without change. */
function takeMessage(data: Buffer): void {
  const parsed = parseMessage(data);
  const read = parsed.ok ? readMessage(parsed.message, source, local) : parsed;
  if (!read.ok) {
    const { message } = parsed;
    if (message?.kind !== "request") return;
    const refusal = refusalOf(message, read.status, read.reason, source);
    if (!refusal) return;
    assert.ok(refusal.target.port > 0 && refusal.target.port < 65_536, "an answer to nowhere");
    assert.ok(parseMessage(formatMessage(refusal.response)).ok, "an answer that nobody can read");
    return;
  }
  assert.ok(parsed.ok && "received" in read);
  const { message } = parsed;
  const again = parseMessage(formatMessage(message));
  assert.ok(again.ok, "written in a form that is refused");
  assert.deepEqual(bare(again.message.headers), bare(message.headers));
  assert.ok(again.message.body.equals(message.body), "another body");
  readValues(message.headers);
  bodyOf(message);
  sessionExpiresOf(message);
  answerSessionTimer(message);
  headerValues(message, "Contact");
  if (message.kind !== "request") return;
  const answer = parseMessage(formatMessage(responseTo(message, 200, { toTag: "t" })));
  assert.ok(answer.ok && header(answer.message, "Call-ID") === read.received.callId);
}

const stream = Buffer.concat(
  tortureMessages.filter(({ expect }) => expect === "valid").map((torture) => bytesOf(torture)),
);

/** How a stream is cut into segments does not change what is found in it, and what is kept is bounded. */
function takeStream(data: Buffer): void {
  const cut = (sizes: () => number) => {
    const found: string[] = [];
    const framer = createStreamFramer({
      message: (message) => found.push(message.toString("latin1")),
      ping: () => undefined,
      pong: () => undefined,
    });
    for (let at = 0, size = 0; at < data.length; at += size)
      if (!framer.push(data.subarray(at, at + (size = sizes())))) break;
    return found;
  };
  const random = seededRandom(data.length);
  const whole = cut(() => data.length);
  const pieces = cut(() => 1 + Math.floor(random.next() ** 3 * 3000));
  assert.deepEqual(pieces, whole);
  for (const message of whole) assert.ok(message.length <= maxMessageBytes);
}

export const sipTargets: readonly FuzzTarget[] = [
  { name: "sip", seeds, mutate: textMutator(sipTokens), take: takeMessage },
  { name: "sip-stream", seeds: [stream, ...seeds], mutate: textMutator(sipTokens), take: takeStream },
];
