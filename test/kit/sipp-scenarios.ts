/** Scenarios for SIPp, the carrier of the interop tests, written as steps and printed as its XML. */

export const sdp = `v=0
o=sipp 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000`;

export const withBody = (head: string, body: string) =>
  `${head}\nContent-Type: application/sdp\nContent-Length: [len]\n\n${body}\n`;
export const withoutBody = (head: string) => `${head}\nContent-Length: 0\n\n`;

/** SIPp refuses a scenario with a variable that is set and never read. */
const references = (steps: string[]) => {
  const names = steps.join("").matchAll(/assign_to="(\w+)"/g);
  const variables = [...new Set([...names].map(([, name]) => name))];
  return variables.length === 0 ? "" : `<Reference variables="${variables.join(",")}"/>\n`;
};

export const scenario = (name: string, steps: string[]) =>
  `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n<scenario name="${name}">\n${steps.join("\n")}\n${references(steps)}</scenario>\n`;

export const send = (text: string, attributes = "") => `<send ${attributes}><![CDATA[\n${text}]]></send>`;
export const recv = (attributes: string) => `<recv ${attributes}/>`;
export const pause = (ms: number) => `<pause milliseconds="${ms}"/>`;

const answered = (status: string, extra = "") => `SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]SIPpTag[call_number]
[last_Call-ID:]
[last_CSeq:]
[last_Record-Route:]
Contact: <sip:carrier@[local_ip]:[local_port]>
Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK${extra}`;

/** A response with the dialog's tag; an SDP body when `media`. */
export const respond = (
  status: string,
  options: { media?: boolean; retransmit?: boolean; extra?: string } = {},
) => {
  const head = answered(status, options.extra === undefined ? "" : `\n${options.extra}`);
  return send(
    options.media ? withBody(head, sdp) : withoutBody(head),
    options.retransmit ? 'retrans="500"' : "",
  );
};

const again = (status: string) =>
  send(
    withoutBody(`SIP/2.0 ${status}\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]`),
  );

/** `From` and `To` change places for a request of the side that was called. */
const requestFromCalled = (method: string, extra = "") => `${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: [$carrier]
To: [$caller]
Call-ID: [call_id]
CSeq: 1 ${method}${extra}`;

/** Keeps what a request of the called side needs. */
const receiveInvite = `<recv request="INVITE" rrs="true"><action>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="called"/>
<assignstr assign_to="carrier" value="[$called];tag=[pid]SIPpTag[call_number]"/>
</action></recv>`;

/** A lost ACK may come after the BYE: then it is not waited for. */
const answer = (ringMs: number, lossy = false) => [
  receiveInvite,
  respond("180 Ringing"),
  ...(ringMs > 0 ? [pause(ringMs)] : []),
  respond("200 OK", { media: true, retransmit: true }),
  recv(`request="ACK" optional="${lossy}"`),
];

/** Rings, answers, and waits for the caller's BYE. */
export const answers = (ringMs = 0, lossy = false) =>
  scenario("answers", [...answer(ringMs, lossy), recv('request="BYE"'), again("200 OK")]);

/** Answers and hangs up itself after `talkMs`. */
export const answersAndHangsUp = (talkMs = 50) =>
  scenario("answers and hangs up", [
    ...answer(0),
    pause(talkMs),
    send(withoutBody(requestFromCalled("BYE", '\nReason: Q.850;cause=16;text="Normal"')), 'retrans="500"'),
    recv('response="200"'),
  ]);

const pauseBetween = ([min, max]: [number, number]) =>
  `<pause distribution="uniform" min="${min}" max="${max}"/>`;

/** Rings and talks for a random while (uniform, ms), sending the raw A-law file `audio`; then hangs up. */
export const talks = (options: { ringMs: [number, number]; talkMs: [number, number]; audio: string }) => {
  return scenario("talks", [
    receiveInvite,
    respond("180 Ringing"),
    pauseBetween(options.ringMs),
    respond("200 OK", { media: true, retransmit: true }),
    recv('request="ACK"'),
    `<nop><action><exec rtp_stream="${options.audio},-1,8,PCMA/8000"/></action></nop>`,
    pauseBetween(options.talkMs),
    send(withoutBody(requestFromCalled("BYE")), 'retrans="500"'),
    recv('response="200"'),
  ]);
};

/** Early media in a 183, then an answer. */
export const earlyMedia = () =>
  scenario("early media", [
    receiveInvite,
    respond("183 Session Progress", { media: true, extra: "P-Early-Media: sendonly" }),
    pause(50),
    respond("200 OK", { media: true, retransmit: true }),
    recv('request="ACK"'),
    recv('request="BYE"'),
    again("200 OK"),
  ]);

/** Refuses at once, or after ringing. */
export const refuses = (status: string, options: { ring?: boolean; extra?: string } = {}) =>
  scenario("refuses", [
    recv('request="INVITE"'),
    ...(options.ring ? [respond("180 Ringing")] : []),
    respond(status, { extra: options.extra, retransmit: true }),
    recv('request="ACK"'),
  ]);

/** Rings until the caller gives up. */
export const ringsForEver = () =>
  scenario("rings for ever", [
    recv('request="INVITE"'),
    respond("180 Ringing"),
    recv('request="CANCEL"'),
    again("200 OK"),
    send(
      withoutBody(`SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:];tag=[pid]SIPpTag[call_number]
[last_Call-ID:]
CSeq: 1 INVITE`),
      'retrans="500"',
    ),
    recv('request="ACK"'),
  ]);

/** Calls us: INVITE to `[service]`, talks, and hangs up. With credentials it answers the challenge. */
export const calls = (options: { talkMs?: number; challenge?: boolean; hangsUp?: boolean } = {}) => {
  const invite = (cseq: number, extra = "") =>
    send(
      withBody(
        `INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: "Customer" <sip:13900139000@[local_ip]:[local_port]>;tag=[pid]SIPpTag[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: ${cseq} INVITE
Contact: <sip:13900139000@[local_ip]:[local_port]>${extra}`,
        sdp,
      ),
      'retrans="500"',
    );
  const inDialog = (method: string, cseq: number) =>
    withoutBody(`${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: "Customer" <sip:13900139000@[local_ip]:[local_port]>;tag=[pid]SIPpTag[call_number]
To: [$peer]
Call-ID: [call_id]
CSeq: ${cseq} ${method}`);
  const seq = options.challenge ? 2 : 1;
  const challenged = [
    recv('response="100" optional="true"'),
    recv('response="401" auth="true"'),
    send(
      withoutBody(`ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
CSeq: 1 ACK`),
    ),
    invite(2, "\n[authentication]"),
  ];
  return scenario("calls", [
    invite(1),
    ...(options.challenge ? challenged : []),
    recv('response="100" optional="true"'),
    recv('response="180" optional="true"'),
    recv('response="183" optional="true"'),
    `<recv response="200" rrs="true"><action><ereg regexp=".*" search_in="hdr" header="To:" assign_to="peer"/></action></recv>`,
    send(inDialog("ACK", seq)),
    ...(options.hangsUp === false
      ? [recv('request="BYE"'), again("200 OK")]
      : [
          pause(options.talkMs ?? 50),
          // By its branch: our repeated 200 to the INVITE is not the answer to this.
          send(inDialog("BYE", seq + 1), 'retrans="500" start_txn="bye"'),
          recv('response="200" response_txn="bye"'),
        ]),
  ]);
};
