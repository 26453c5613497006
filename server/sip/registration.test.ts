import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { WebSocket, WebSocketServer } from "ws";
import { plainSdp, sipStack, uriAt } from "../../test/kit/sip-stack.ts";
import { hashCredentials } from "./digest.ts";
import type {
  Contact,
  IncomingCall,
  RegistrationState,
  SipStack,
  SipStackOptions,
  TrunkRegistration,
} from "./types.ts";

const realm = "waihu.test";
const password = "pässwörd";
const phones: Pick<SipStackOptions, "realm" | "credentialsOf" | "trunkOf"> = {
  realm,
  trunkOf: () => undefined,
  credentialsOf: async (user) =>
    user === "6001" || user === "6002"
      ? {
          ha1Md5: hashCredentials("MD5", user, realm, password),
          ha1Sha256: user === "6001" ? hashCredentials("SHA-256", user, realm, password) : undefined,
        }
      : undefined,
};

const until = (registration: TrunkRegistration, wanted: RegistrationState["state"]) =>
  new Promise<RegistrationState>((resolve) =>
    registration.onChange((state) => state.state === wanted && resolve(state)),
  );

function account(server: SipStack, user: string, transport: "udp" | "tcp" = "udp", secret = password) {
  const { host, port } = server.local.find((local) => local.transport === transport)!;
  return {
    registrar: { transport, host, port },
    aor: `sip:${user}@127.0.0.1`,
    credentials: { user, password: secret },
    expiresSeconds: 120,
  };
}

const changeOf = (server: SipStack, user: string) =>
  new Promise<readonly Contact[]>((resolve) =>
    server.onRegistrationChange((changed, contacts) => changed === user && resolve(contacts)),
  );

for (const [user, algorithm] of [
  ["6001", "SHA-256"],
  ["6002", "MD5"],
] as const)
  test(`a phone registers with ${algorithm}, is called where it registered, and goes`, async () => {
    const traces: string[] = [];
    await using server = await sipStack({
      ...phones,
      digestAlgorithms: ["SHA-256", "MD5"],
      onTrace: ({ text }) => traces.push(text),
    });
    await using phone = await sipStack();
    const appeared = changeOf(server, user);
    const registration = phone.register(account(server, user));
    await until(registration, "registered");
    const [contact] = await appeared;
    assert.ok(contact);
    const answer = traces.findLast((text) => text.includes("Authorization: Digest"))!;
    assert.match(answer, new RegExp(`algorithm=${algorithm},`));
    assert.match(answer, /response="…"/);
    const rang = new Promise<IncomingCall>((resolve) => phone.onInvite(resolve));
    server.invite({ uri: contact.uri, target: contact.target, from: uriAt(server, "100"), body: plainSdp() });
    assert.equal((await rang).uri, contact.uri);
    const gone = changeOf(server, user);
    await registration[Symbol.asyncDispose]();
    assert.deepEqual(await gone, []);
  });

test("a wrong password and an unknown user are refused alike", async () => {
  await using server = await sipStack(phones);
  await using phone = await sipStack();
  const wrong = phone.register(account(server, "6001", "udp", "guess"));
  const unknown = phone.register(account(server, "9999"));
  const states = await Promise.all([until(wrong, "failed"), until(unknown, "failed")]);
  assert.deepEqual(
    states.map(({ status }) => status),
    [403, 403],
  );
  assert.deepEqual(server.contactsOf("6001"), []);
});

test("a phone's call is taken after its digest, a stranger's is not", async () => {
  await using server = await sipStack(phones);
  await using phone = await sipStack();
  const origin = new Promise<IncomingCall["origin"]>((resolve) =>
    server.onInvite((call) => {
      resolve(call.origin);
      call.accept(plainSdp());
    }),
  );
  const request = { uri: uriAt(server, "13800138000"), from: uriAt(phone, "6001"), body: plainSdp() };
  const call = phone.invite({ ...request, credentials: { user: "6001", password } });
  await new Promise((resolve) => call.onAccepted(resolve));
  assert.deepEqual(await origin, { user: "6001" });
  const stranger = phone.invite(request);
  const failure = await new Promise<{ status: number }>((resolve) => stranger.onFailed(resolve));
  assert.equal(failure.status, 401);
});

test("over TCP a registration lives and dies with its connection", async () => {
  await using server = await sipStack({
    ...phones,
    listen: [{ transport: "tcp", host: "127.0.0.1", port: 0 }],
  });
  const phone = await sipStack();
  const appeared = changeOf(server, "6001");
  phone.register(account(server, "6001", "tcp"));
  const [contact] = await appeared;
  assert.ok(contact);
  assert.equal(contact.target.transport, "tcp");
  const rang = new Promise<IncomingCall>((resolve) => phone.onInvite(resolve));
  server.invite({ uri: contact.uri, target: contact.target, from: "sip:100@127.0.0.1", body: plainSdp() });
  (await rang).reject(486);
  server.unregister("6001");
  assert.deepEqual(server.contactsOf("6001"), []);
  await phone[Symbol.asyncDispose]();
});

test("a browser registers over WebSocket and is forgotten when its page closes", async () => {
  await using server = await sipStack(phones);
  const http = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "sip" });
  http.on("connection", (socket) =>
    server.acceptWebSocket(socket, { host: "127.0.0.1", port: 1, secure: true }),
  );
  await once(http, "listening");
  const { port } = http.address() as { port: number };
  const page = new WebSocket(`ws://127.0.0.1:${port}`, "sip");
  await once(page, "open");
  const register = (seq: number, authorization = "") =>
    `REGISTER sip:${realm} SIP/2.0\r\nVia: SIP/2.0/WSS a1b2.invalid;branch=z9hG4bK${seq}\r\nMax-Forwards: 69\r\n` +
    `To: <sip:6001@${realm}>\r\nFrom: <sip:6001@${realm}>;tag=x\r\nCall-ID: c1\r\nCSeq: ${seq} REGISTER\r\n` +
    `Contact: <sip:q7@a1b2.invalid;transport=ws>;+sip.instance="<urn:uuid:1>";reg-id=1;expires=600\r\n` +
    `${authorization}Content-Length: 0\r\n\r\n`;
  page.send(register(1));
  const [challenge] = (await once(page, "message")) as [Buffer];
  const text = challenge.toString();
  assert.equal(text.match(/^WWW-Authenticate: /gm)?.length, 1, "JsSIP reads the first challenge only");
  assert.match(text, /algorithm=MD5/);
  const nonce = /nonce="([^"]+)"/.exec(text)![1]!;
  const { digestResponse } = await import("./digest.ts");
  const uri = `sip:${realm}`;
  const response = digestResponse({
    algorithm: "MD5",
    ha1: hashCredentials("MD5", "6001", realm, password),
    method: "REGISTER",
    uri,
    nonce,
    qop: { name: "auth", nc: "00000001", cnonce: "c" },
  });
  const header = `Authorization: Digest username="6001", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c"\r\n`;
  page.send(register(2, header));
  const [ok] = (await once(page, "message")) as [Buffer];
  assert.match(ok.toString(), /^SIP\/2.0 200 /);
  page.send(register(3, header));
  const [replayed] = (await once(page, "message")) as [Buffer];
  assert.match(replayed.toString(), /^SIP\/2.0 401 [\s\S]*stale=true/);
  const [contact] = server.contactsOf("6001");
  assert.ok(contact);
  assert.equal(contact.target.transport, "wss");
  server.invite({ uri: contact.uri, target: contact.target, from: "sip:100@waihu.test", body: plainSdp() });
  const [invite] = (await once(page, "message")) as [Buffer];
  assert.match(invite.toString(), /^INVITE sip:q7@a1b2.invalid;transport=ws SIP\/2.0\r\nVia: SIP\/2.0\/WSS /);
  const gone = changeOf(server, "6001");
  page.terminate();
  assert.deepEqual(await gone, []);
  http.close();
});

test("a phone whose connection breaks in a call ends it: transport-lost", async () => {
  await using server = await sipStack({
    ...phones,
    listen: [{ transport: "tcp", host: "127.0.0.1", port: 0 }],
  });
  const phone = await sipStack();
  const appeared = changeOf(server, "6001");
  phone.register(account(server, "6001", "tcp"));
  const [contact] = await appeared;
  assert.ok(contact);
  phone.onInvite((call) => call.accept(plainSdp()));
  const call = server.invite({
    uri: contact.uri,
    target: contact.target,
    from: "sip:100@127.0.0.1",
    body: plainSdp(),
  });
  const ended = new Promise<unknown>((resolve) => call.on("ended", resolve));
  await new Promise((resolve) => call.onAccepted(resolve));
  server.unregister("6001");
  assert.deepEqual(await ended, { by: "stack", stackCause: "transport-lost" });
  await phone[Symbol.asyncDispose]();
});
