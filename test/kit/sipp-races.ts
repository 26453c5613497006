/** SIPp as the other stack in every race that two ends of a call can run (RFC 3261, 3262, 3311, 3515, 4028). */
import { pause, recv, scenario, sdp, send, withBody, withoutBody } from "./sipp-scenarios.ts";

const retransmitted = 'retrans="500"';
const tag = "[pid]SIPpTag[call_number]";
const contact = "Contact: <sip:carrier@[local_ip]:[local_port]>";
const allow = "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY";

/** Our INVITE, with what an answer needs when other messages have come in between. */
const invited = (request = "INVITE", via = "via") => `<recv request="${request}" rrs="true"><action>
<ereg regexp=".*" search_in="hdr" header="Via:" assign_to="${via}"/>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="us"/>
<ereg regexp="[^;]*" search_in="hdr" header="To:" assign_to="called"/>
<assignstr assign_to="carrier" value="[$called];tag=${tag}"/>
</action></recv>`;

/** A response to our INVITE. */
const answer = (
  status: string,
  options: { media?: boolean; extra?: string; to?: string; via?: string; seq?: number; again?: boolean } = {},
) => {
  const { to = "[$carrier]", via = "via", seq = 1, extra = "" } = options;
  const head = `SIP/2.0 ${status}
Via: [$${via}]
From: [$us]
To: ${to}
Call-ID: [call_id]
CSeq: ${seq} INVITE
${contact}
${allow}${extra && `\n${extra}`}`;
  return send(options.media ? withBody(head, sdp) : withoutBody(head), options.again ? retransmitted : "");
};

/** 200 to the request that came last. */
const ok = (extra = "", media = false) => {
  const head = `SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n${contact}${extra && `\n${extra}`}`;
  return send(media ? withBody(head, sdp) : withoutBody(head));
};

/** A request of the called side in the dialog. */
const request = (method: string, seq: number, extra = "", body?: string, type = "application/sdp") => {
  const head = `${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: [$carrier]
To: [$us]
Call-ID: [call_id]
CSeq: ${seq} ${method}
${contact}${extra && `\n${extra}`}`;
  const text = body === undefined ? withoutBody(head) : withBody(head, body).replace("application/sdp", type);
  return send(text, method === "ACK" ? "" : retransmitted);
};

const ackOfRefusal = (seq: number) =>
  send(
    withoutBody(
      `ACK [next_url] SIP/2.0\n[last_Via:]\nMax-Forwards: 70\n[last_From:]\n[last_To:]\n[last_Call-ID:]\nCSeq: ${seq} ACK`,
    ),
  );

const answered = [answer("200 OK", { media: true, again: true }), recv('request="ACK"')];
const weEnd = [recv('request="BYE"'), ok()];

export const crossesCancel = () =>
  scenario("a 200 crosses our CANCEL", [
    invited(),
    answer("180 Ringing"),
    recv('request="CANCEL"'),
    ok(),
    answer("200 OK", { media: true, again: true }),
    recv('request="ACK"'),
    ...weEnd,
  ]);

export const crossesBye = () =>
  scenario("a BYE crosses ours", [
    invited(),
    ...answered,
    request("BYE", 1),
    recv('request="BYE"'),
    ok(),
    recv('response="200"'),
  ]);

export const glares = () =>
  scenario("its re-INVITE meets ours", [
    invited(),
    ...answered,
    invited("INVITE", "second"),
    request("INVITE", 1, "", sdp),
    recv('response="491"'),
    ackOfRefusal(1),
    answer("491 Request Pending", { via: "second", seq: 2, again: true }),
    recv('request="ACK"'),
    invited("INVITE", "third"),
    answer("200 OK", { media: true, via: "third", seq: 3, again: true }),
    recv('request="ACK"'),
    ...weEnd,
  ]);

export const forks = () =>
  scenario("three telephones ring, two answer", [
    invited(),
    answer("180 Ringing", { to: "[$called];tag=one" }),
    answer("183 Session Progress", { to: "[$called];tag=two", media: true }),
    answer("180 Ringing", { to: "[$called];tag=three" }),
    answer("200 OK", { to: "[$called];tag=two", media: true }),
    recv('request="ACK"'),
    answer("200 OK", { to: "[$called];tag=three", media: true }),
    recv('request="ACK"'),
    '<recv request="BYE"><action><ereg regexp="tag=three" search_in="hdr" header="To:" check_it="true" assign_to="loser"/></action></recv>',
    ok(),
    '<recv request="BYE"><action><ereg regexp="tag=two" search_in="hdr" header="To:" check_it="true" assign_to="winner"/></action></recv>',
    ok(),
  ]);

/** SIPp takes an ACK that is the same again for a repetition and does not show it. */
export const losesAck = () =>
  scenario("it says 200 again: the ACK was lost", [
    invited(),
    answer("200 OK", { media: true }),
    recv('request="ACK"'),
    answer("200 OK", { media: true }),
    ...weEnd,
  ]);

export const offersLate = () =>
  scenario("its 200 offers, our ACK answers", [
    invited(),
    answer("200 OK", { media: true, again: true }),
    '<recv request="ACK"><action><ereg regexp="m=audio" search_in="body" check_it="true" assign_to="answer"/></action></recv>',
    ...weEnd,
  ]);

export const ringsReliably = () =>
  scenario("its 183 must be acknowledged; it changes its mind by UPDATE before it answers", [
    invited(),
    answer("183 Session Progress", { media: true, extra: "Require: 100rel\nRSeq: 7", again: true }),
    recv('request="PRACK"'),
    ok(),
    request("UPDATE", 1, "", sdp),
    '<recv response="200"><action><ereg regexp="m=audio" search_in="body" check_it="true" assign_to="updated"/></action></recv>',
    recv('request="UPDATE"'),
    ok("", true),
    answer("200 OK", { media: true, again: true }),
    recv('request="ACK"'),
    ...weEnd,
  ]);

export const wantsRefresh = (minSeconds: number) =>
  scenario("it wants a longer session, and to be refreshed", [
    invited(),
    answer("422 Session Interval Too Small", { extra: `Min-SE: ${minSeconds}`, again: true }),
    recv('request="ACK"'),
    `<recv request="INVITE" rrs="true"><action>
<ereg regexp=".*" search_in="hdr" header="Via:" assign_to="via"/>
<ereg regexp="^ *${minSeconds}" search_in="hdr" header="Session-Expires:" check_it="true" assign_to="asked"/>
</action></recv>`,
    answer("200 OK", {
      media: true,
      seq: 2,
      again: true,
      extra: `Session-Expires: ${minSeconds};refresher=uac\nRequire: timer`,
    }),
    recv('request="ACK"'),
    recv('request="UPDATE"'),
    ok(`Session-Expires: ${minSeconds};refresher=uac`),
    ...weEnd,
  ]);

export const redirects = (port: number) =>
  scenario("it is somewhere else", [
    invited(),
    send(
      withoutBody(
        `SIP/2.0 302 Moved Temporarily\nVia: [$via]\nFrom: [$us]\nTo: [$carrier]\nCall-ID: [call_id]\nCSeq: 1 INVITE\nContact: <sip:1@127.0.0.1:${port}>`,
      ),
      retransmitted,
    ),
    recv('request="ACK"'),
  ]);

const fragment = (status: string) => `SIP/2.0 ${status}\n`;
const notify = (seq: number, status: string, state: string) =>
  request("NOTIFY", seq, `Event: refer\nSubscription-State: ${state}`, fragment(status), "message/sipfrag");

export const isTransferred = () =>
  scenario("it is asked to call somebody else, does so and leaves", [
    invited(),
    ...answered,
    '<recv request="REFER"><action><ereg regexp="carol" search_in="hdr" header="Refer-To:" check_it="true" assign_to="whom"/></action></recv>',
    send(
      withoutBody(
        `SIP/2.0 202 Accepted\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n${contact}`,
      ),
    ),
    notify(1, "180 Ringing", "active;expires=60"),
    recv('response="200"'),
    notify(2, "200 OK", "terminated;reason=noresource"),
    recv('response="200"'),
    request("BYE", 3),
    recv('response="200"'),
  ]);

const callerFrom = `From: <sip:13900139000@[local_ip]:[local_port]>;tag=${tag}`;
const callerContact = "Contact: <sip:13900139000@[local_ip]:[local_port]>";

const calls = (extra = "", body: string | null = sdp) => {
  const head = `INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
${callerFrom}
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
${callerContact}
${allow}${extra && `\n${extra}`}`;
  return send(body === null ? withoutBody(head) : withBody(head, body), retransmitted);
};

/** A response with the tag that we gave. */
const told = (status: number, optional = false) =>
  `<recv response="${status}" rrs="true" optional="${optional}"><action><ereg regexp=".*" search_in="hdr" header="To:" assign_to="peer"/></action></recv>`;

const inDialog = (method: string, seq: number, extra = "", body?: string) => {
  const head = `${method} [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
${callerFrom}
To: [$peer]
Call-ID: [call_id]
CSeq: ${seq} ${method}
${callerContact}${extra && `\n${extra}`}`;
  return send(
    body === undefined ? withoutBody(head) : withBody(head, body),
    method === "ACK" ? "" : retransmitted,
  );
};
const trying = recv('response="100" optional="true"');
const itEnds = (seq: number) => [inDialog("BYE", seq), recv('response="200"')];

export const callsWithoutOffer = () =>
  scenario("it calls without an offer: our 200 offers, its ACK answers", [
    calls("", null),
    trying,
    told(200),
    inDialog("ACK", 1, "", sdp),
    ...itEnds(2),
  ]);

export const acknowledgesLate = () =>
  scenario("it does not acknowledge our 200 until it comes again", [
    calls(),
    trying,
    told(200),
    pause(700),
    inDialog("ACK", 1),
    ...itEnds(2),
  ]);

export const demandsReliable = () =>
  scenario("it demands reliable ringing", [
    calls("Require: 100rel"),
    trying,
    `<recv response="183" rrs="true"><action><ereg regexp=".*" search_in="hdr" header="To:" assign_to="peer"/><ereg regexp="[0-9]+" search_in="hdr" header="RSeq:" assign_to="rseq"/></action></recv>`,
    inDialog("PRACK", 2, "RAck: [$rseq] 1 INVITE"),
    recv('response="200"'),
    told(200),
    inDialog("ACK", 1),
    ...itEnds(3),
  ]);

export const leavesEarly = () =>
  scenario("it says BYE while we ring", [
    calls(),
    trying,
    told(180),
    inDialog("BYE", 2),
    recv('response="200"'),
    recv('response="487"'),
    ackOfRefusal(1),
  ]);

export const transfersUs = () =>
  scenario("it asks us to call somebody else", [
    calls(),
    trying,
    told(200),
    inDialog("ACK", 1),
    inDialog("REFER", 2, "Refer-To: <sip:carol@example.com>\nReferred-By: <sip:13900139000@example.com>"),
    recv('response="202"'),
    ...["100 Trying", "180 Ringing", "200 OK"].flatMap((status) => [
      `<recv request="NOTIFY"><action><ereg regexp="SIP/2.0 ${status}" search_in="body" check_it="true" assign_to="f${status.slice(0, 3)}"/></action></recv>`,
      ok(),
    ]),
    ...itEnds(3),
  ]);
