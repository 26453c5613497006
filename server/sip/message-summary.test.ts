import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo, type RawSip, rawSip } from "../../test/kit/raw-sip.ts";
import { sipStack } from "../../test/kit/sip-stack.ts";
import { digestResponse, hashCredentials, param, parseDigest } from "./digest.ts";
import type { SipStack } from "./types.ts";

const [realm, password] = ["waihu.test", "secret"];
const phones = {
  realm,
  trunkOf: () => undefined,
  credentialsOf: async (user: string) => ({ ha1Md5: hashCredentials("MD5", user, realm, password) }),
};

interface Asked {
  event?: string;
  expires?: number;
  to?: string;
  callId?: string;
}

interface Phone {
  subscribe: (asked?: Asked) => Promise<string>;
  told: (status?: string) => Promise<[state: string, waits: string]>;
}

/** A phone that writes by hand. */
function phone(stack: SipStack, peer: RawSip): Phone {
  const { port } = stack.local[0]!;
  let cseq = 0;
  const notifies: string[] = [];
  /** A slow answer has a request come twice. */
  const seen = new Set<string>();

  function write(
    authorization: string,
    { event = "message-summary", expires = 600, to, callId = "one" }: Asked,
  ) {
    cseq++;
    const lines = [
      "SUBSCRIBE sip:7001@127.0.0.1 SIP/2.0",
      `Via: SIP/2.0/UDP 127.0.0.1:${peer.port};rport;branch=z9hG4bKmwi${cseq}`,
      "Max-Forwards: 70",
      "From: <sip:7001@127.0.0.1>;tag=phone",
      `To: ${to ?? "<sip:7001@127.0.0.1>"}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} SUBSCRIBE`,
      `Contact: <sip:7001@127.0.0.1:${peer.port}>`,
      `Event: ${event}`,
      `Expires: ${expires}`,
      ...(authorization === "" ? [] : [`Authorization: ${authorization}`]),
      "Content-Length: 0",
    ];
    peer.send(port, `${lines.join("\r\n")}\r\n\r\n`);
  }

  /** The next response; what comes before it is kept. */
  async function answer(): Promise<string> {
    for (;;) {
      const text = await peer.next();
      if (text.startsWith("SIP/2.0")) return text;
      notifies.push(text);
    }
  }

  return {
    async subscribe(asked: Asked = {}): Promise<string> {
      write("", asked);
      const challenge = await answer();
      assert.match(challenge, /^SIP\/2.0 401 /);
      const given = parseDigest(/^WWW-Authenticate: (.*)$/m.exec(challenge)![1]!)!;
      const nonce = param(given, "nonce")!;
      const [uri, nc, cnonce] = ["sip:7001@127.0.0.1", "00000001", "c0ffee"];
      const ha1 = hashCredentials("MD5", "7001", realm, password);
      const qop = { name: "auth", nc, cnonce } as const;
      const response = digestResponse({ algorithm: "MD5", ha1, method: "SUBSCRIBE", uri, nonce, qop });
      write(
        `Digest username="7001", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=${nc}, cnonce="${cnonce}"`,
        asked,
      );
      return answer();
    },
    /** The next NOTIFY, answered: its state, and what waits. */
    async told(status = "200 OK"): Promise<[state: string, waits: string]> {
      const next = async () => notifies.shift() ?? (await peer.next());
      let text = await next();
      while (seen.has(text)) text = await next();
      seen.add(text);
      assert.match(text, /^NOTIFY sip:7001@/);
      peer.send(port, answerTo(text, status));
      const state = /^Subscription-State: (\w+)/m.exec(text)![1]!;
      return [state, /^Voice-Message: (\S+)/m.exec(text)![1]!];
    },
  };
}

test("a phone that asks is told at once and at every change, until it asks no more", async () => {
  await using stack = await sipStack(phones);
  await using peer = await rawSip();
  const { subscribe, told } = phone(stack, peer);
  stack.messagesWaiting("7001", { unheard: 1, heard: 0 });
  const answer = await subscribe();
  assert.match(answer, /^SIP\/2.0 200 /);
  assert.match(answer, /^Expires: 600\r$/m);
  assert.deepEqual(await told(), ["active", "1/0"]);
  stack.messagesWaiting("7002", { unheard: 9, heard: 0 });
  stack.messagesWaiting("7001", { unheard: 1, heard: 0 });
  stack.messagesWaiting("7001", { unheard: 0, heard: 1 });
  assert.deepEqual(await told(), ["active", "0/1"], "its own changes only");
  const to = /^To: (.*)\r$/m.exec(answer)![1]!;
  assert.match(await subscribe({ to }), /^SIP\/2.0 200 /);
  assert.deepEqual(await told(), ["active", "0/1"], "asking again is answered again");
  assert.match(await subscribe({ to, expires: 0 }), /^SIP\/2.0 200 /);
  assert.deepEqual(await told(), ["terminated", "0/1"]);
  assert.match(await subscribe({ to }), /^SIP\/2.0 481 /);
});

test("what is not offered, too short or another's is refused; a phone that knows nothing of it is told no more", async () => {
  await using stack = await sipStack(phones);
  await using peer = await rawSip();
  const { subscribe, told } = phone(stack, peer);
  assert.match(await subscribe({ event: "presence" }), /^SIP\/2.0 489 [\s\S]*Allow-Events: message-summary/);
  assert.match(await subscribe({ expires: 5 }), /^SIP\/2.0 423 [\s\S]*Min-Expires: 60/);
  assert.match(await subscribe({ to: "<sip:7002@127.0.0.1>" }), /^SIP\/2.0 403 /);
  assert.match(await subscribe({ callId: "two" }), /^SIP\/2.0 200 /);
  assert.deepEqual(await told("481 No such subscription"), ["active", "0/0"]);
  const answer = await subscribe({ callId: "three" });
  assert.deepEqual(await told(), ["active", "0/0"]);
  stack.messagesWaiting("7001", { unheard: 3, heard: 4 });
  assert.deepEqual(await told(), ["active", "3/4"]);
  const to = /^To: (.*)\r$/m.exec(answer)![1]!;
  await subscribe({ callId: "three", to, expires: 0 });
  assert.deepEqual(await told(), ["terminated", "3/4"], "one subscription was left");
});
