import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { connect, type SecureVersion, type TLSSocket } from "node:tls";
import { type Names, testAuthority } from "../../test/kit/certificate.ts";
import { testDns } from "../../test/kit/dns-server.ts";
import { plainSdp, sipStack } from "../../test/kit/sip-stack.ts";
import { until } from "../../test/kit/until.ts";
import { identityProblem } from "./tls-identity.ts";
import type { SipStack, SipTarget, TlsPolicy } from "./types.ts";

const authority = testAuthority();
process.on("exit", () => authority[Symbol.dispose]());

type TlsOptions = { minVersion?: "TLSv1.2" | "TLSv1.3"; names?: Names; file?: string };

/** A stack on TLS alone; its certificate is for `carrier.example` unless told otherwise. */
function secureStack(options: TlsOptions & Parameters<typeof sipStack>[0] = {}): Promise<SipStack> {
  const { minVersion = "TLSv1.2", names = { dns: ["carrier.example"] }, file, ...rest } = options;
  return sipStack({
    listen: [{ transport: "tls", host: "127.0.0.1", port: 0 }],
    tls: { files: authority.issue("x", names, file ?? `s${Math.random()}`), minVersion },
    ...rest,
  });
}

const trusting: TlsPolicy = { verify: true, ca: authority.ca };
const at = (stack: SipStack, change: Partial<SipTarget> = {}): SipTarget => ({
  ...stack.local[0]!,
  domain: "carrier.example",
  tls: trusting,
  ...change,
});
const probe = async (from: SipStack, target: SipTarget) => {
  const { status, reason } = await from.probe(target, "sip:carrier.example");
  return `${status} ${reason}`;
};

/** A plain TLS client: what certificate does the server show, and does it speak this version? */
async function handshake(stack: SipStack, maxVersion: SecureVersion = "TLSv1.3"): Promise<TLSSocket> {
  const socket = connect({
    port: stack.local[0]!.port,
    host: "127.0.0.1",
    ca: authority.ca,
    maxVersion,
    checkServerIdentity: () => undefined,
  });
  await once(socket, "secureConnect");
  return socket;
}

test("a call over TLS and both its ends: the certificate is checked, in-dialog requests take the same connection", async () => {
  const connections = new Set<string>();
  const contacts = new Set<string>();
  await using server = await secureStack({
    onTrace({ direction, remote, text }) {
      if (direction === "in") connections.add(remote);
      const [, contact] = /^Contact: <(sips?):/m.exec(text) ?? [];
      if (contact && text.includes("INVITE")) contacts.add(`${direction} ${contact}`);
    },
  });
  await using caller = await sipStack();
  server.onInvite((call) => {
    assert.match(call.uri, /^sips:/);
    call.accept(plainSdp());
  });
  const call = caller.invite({
    uri: `sips:100@carrier.example:${server.local[0]!.port}`,
    target: at(server),
    from: "sip:us@carrier.example",
    body: plainSdp(),
  });
  const ended = new Promise((resolve) => call.on("ended", resolve));
  await new Promise((resolve) => call.onAccepted(resolve));
  assert.equal((await call.info({ type: "application/dtmf-relay", content: "Signal=1" })).status, 200);
  call.hangup();
  await ended;
  assert.equal(await probe(caller, at(server)), "200 OK");
  assert.equal(connections.size, 1);
  assert.deepEqual([...contacts], ["in sips", "out sips"]);
});

test("a certificate that is unknown, for another domain or for a wildcard is refused, unless the trunk says not to check", async () => {
  await using caller = await sipStack();
  await using server = await secureStack();
  assert.match(
    await probe(caller, at(server, { tls: undefined })),
    /^503 unable to verify the first certificate/,
  );
  assert.equal(
    await probe(caller, at(server, { domain: "other.example" })),
    "503 the certificate is for carrier.example, not for other.example",
  );
  assert.equal(
    await probe(caller, at(server, { domain: undefined })),
    "503 the certificate is for nobody, not for 127.0.0.1",
  );
  assert.equal(
    await probe(caller, at(server, { domain: "other.example", tls: { verify: false } })),
    "200 OK",
  );
  await using wild = await secureStack({ names: { dns: ["*.example"] } });
  assert.match(await probe(caller, at(wild)), /^503 the certificate is for \*\.example/);
});

const speaksFor = (subjectaltname: string | undefined, domain: string) =>
  identityProblem(domain, { subjectaltname, subject: { CN: "cn.example" } }) === undefined;

test("whom a certificate speaks for follows RFC 5922", () => {
  assert.ok(speaksFor("DNS:a.example, URI:sip:B.example", "A.Example"));
  assert.ok(speaksFor("DNS:a.example, URI:sip:B.example", "b.example."));
  assert.ok(!speaksFor("URI:sip:user@b.example", "b.example"), "a user's certificate is no domain's");
  assert.ok(!speaksFor("URI:https://b.example", "b.example"));
  assert.ok(
    !speaksFor("DNS:a.example", "cn.example"),
    "the common name counts only where there is nothing else",
  );
  assert.ok(speaksFor(undefined, "cn.example"));
  assert.ok(!speaksFor("DNS:*.example", "a.example"));
  assert.ok(speaksFor("IP Address:192.0.2.1", "192.0.2.1"));
  assert.ok(!speaksFor("DNS:192.0.2.1", "192.0.2.1"));
});

test("SRV leads to a host, the certificate still speaks for the domain", async () => {
  await using server = await secureStack();
  await using dns = await testDns({
    "_sips._tcp.carrier.example": [
      { type: "SRV", priority: 0, weight: 0, port: server.local[0]!.port, target: "gw7.host.example" },
    ],
    "gw7.host.example": [{ type: "A", address: "127.0.0.1" }],
  });
  await using caller = await sipStack({ resolver: dns.resolver });
  const { status } = await caller.probe(
    { host: "carrier.example", transport: "tls", tls: trusting },
    "sip:carrier.example",
  );
  assert.equal(status, 200);
});

test("an old version of TLS is turned away", async () => {
  await using server = await secureStack({ minVersion: "TLSv1.3" });
  await assert.rejects(handshake(server, "TLSv1.2"), /alert protocol version|ECONNRESET/);
  const socket = await handshake(server);
  assert.equal(socket.getProtocol(), "TLSv1.3");
  socket.destroy();
});

test("a renewed certificate serves new connections while old ones live on; a broken one changes nothing", async () => {
  const errors: unknown[] = [];
  const log = {
    debug() {},
    info() {},
    warn() {},
    error: (fields: unknown) => void errors.push(fields),
  } as never;
  await using server = await secureStack({ file: "renewed", log });
  const before = await handshake(server);
  const serial = async () => {
    const socket = await handshake(server);
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  };
  const first = before.getPeerCertificate().serialNumber;
  assert.equal(await serial(), first);
  const { cert } = authority.issue("x", { dns: ["carrier.example"] }, "renewed");
  const second = await until("the new certificate", async () => {
    const now = await serial();
    return now === first ? undefined : now;
  });
  (await import("node:fs")).writeFileSync(cert, "no certificate");
  await until("the complaint", () => errors.length > 0);
  assert.equal(await serial(), second);
  before.write("\r\n\r\n");
  const [pong] = (await once(before, "data")) as [Buffer];
  assert.equal(pong.toString(), "\r\n");
  before.destroy();
});

test("a phone registers over TLS and is called on its connection", async () => {
  await using server = await secureStack({ trunkOf: () => undefined, credentialsOf: async () => undefined });
  await using phone = await sipStack();
  const registration = phone.register({
    registrar: at(server),
    aor: "sip:6001@carrier.example",
    credentials: { user: "6001", password: "wrong" },
  });
  const failed = await new Promise<number | undefined>((resolve) =>
    registration.onChange(({ state, status }) => state === "failed" && resolve(status)),
  );
  assert.equal(failed, 403);
});
