import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { fastClock } from "../../test/kit/fast-clock.ts";
import { plainSdp, sipStack } from "../../test/kit/sip-stack.ts";
import { manualClock } from "../kernel/clock.ts";
import { hashCredentials } from "./digest.ts";
import type { RegistrationState, TrunkRegistration } from "./types.ts";

const until = (registration: TrunkRegistration, wanted: RegistrationState["state"]) =>
  new Promise<RegistrationState>((resolve) =>
    registration.onChange((state) => state.state === wanted && resolve(state)),
  );
const headerOf = (text: string, name: string) => new RegExp(`^${name}: *(.*)\r$`, "im").exec(text)?.[1] ?? "";

/** A 200 to this request, as a registrar behind NAT sees it: `seen` is where the datagrams come from. */
function ok(text: string, seen: { received: string; rport: number }, extra = ""): string {
  const via = headerOf(text, "Via").replace(";rport", `;rport=${seen.rport};received=${seen.received}`);
  const copied = ["From", "To", "Call-ID", "CSeq"]
    .map((name) => `${name}: ${headerOf(text, name)}\r\n`)
    .join("");
  return `SIP/2.0 200 OK\r\nVia: ${via}\r\n${copied}Contact: ${headerOf(text, "Contact")}\r\n${extra}Content-Length: 0\r\n\r\n`;
}

const account = { aor: "sip:trunk1@carrier.example", credentials: { user: "trunk1", password: "p" } };

test("behind NAT a trunk registers the address that the carrier sees, drops the old one, and calls from it along its Service-Route", async () => {
  const carrier = createSocket("udp4").bind(0, "127.0.0.1");
  await once(carrier, "listening");
  const contacts: string[] = [];
  const invited = Promise.withResolvers<string>();
  carrier.on("message", (data, from) => {
    const text = data.toString();
    if (text.startsWith("INVITE")) return invited.resolve(text);
    if (!text.startsWith("REGISTER")) return;
    contacts.push([...text.matchAll(/^Contact: (.*)\r$/gm)].map((match) => match[1]).join(" "));
    const answer = ok(
      text,
      { received: "198.51.100.7", rport: 40_123 },
      "Service-Route: <sip:out.carrier.example;lr>\r\n",
    );
    carrier.send(answer, from.port, from.address);
  });
  await using stack = await sipStack();
  const target = { transport: "udp" as const, host: "127.0.0.1", port: carrier.address().port };
  const registration = stack.register({ ...account, registrar: target });
  await until(registration, "registered");
  await until(registration, "registered");
  const own = `127.0.0.1:${stack.local[0]!.port}`;
  assert.equal(contacts[0], `<sip:trunk1@${own}>;expires=300`);
  assert.equal(contacts[1], `<sip:trunk1@198.51.100.7:40123>;expires=300 <sip:trunk1@${own}>;expires=0`);
  assert.deepEqual(registration.serviceRoute, ["<sip:out.carrier.example;lr>"]);
  stack.invite({
    uri: "sip:100@carrier.example",
    from: "sip:trunk1@carrier.example",
    target,
    routes: registration.serviceRoute,
    body: plainSdp(),
  });
  const invite = await invited.promise;
  assert.equal(headerOf(invite, "Contact"), "<sip:trunk1@198.51.100.7:40123>");
  assert.equal(headerOf(invite, "Route"), "<sip:out.carrier.example;lr>");
  carrier.close();
});

test("a registration over TCP pings its connection; when the pongs stop, or the connection breaks, it registers over a new one", async () => {
  const connections: Socket[] = [];
  let pings = 0;
  let answersPings = true;
  const carrier = createServer((socket) => {
    connections.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data: Buffer) => {
      const text = data.toString();
      if (text === "\r\n\r\n") {
        pings++;
        if (answersPings) socket.write("\r\n");
      } else if (text.startsWith("REGISTER"))
        socket.write(ok(text, { received: "127.0.0.1", rport: 1 }, "Flow-Timer: 20\r\n"));
    });
  }).listen(0, "127.0.0.1");
  await once(carrier, "listening");
  const { port } = carrier.address() as { port: number };
  const clock = fastClock(400);
  await using stack = await sipStack({ clock });
  const registration = stack.register({
    ...account,
    registrar: { transport: "tcp", host: "127.0.0.1", port },
    expiresSeconds: 3_600,
  });
  await until(registration, "registered");
  const again = until(registration, "registered");
  for (let heard = 0; heard < 3; heard++)
    await new Promise((resolve) => connections[0]!.once("data", resolve));
  assert.ok(pings >= 2);
  assert.equal(connections.length, 1);
  answersPings = false;
  await again;
  assert.equal(connections.length, 2);
  const third = until(registration, "registered");
  connections[1]!.destroy();
  await third;
  assert.equal(connections.length, 3);
  for (const connection of connections) connection.destroy();
  carrier.close();
});

const wait = () => new Promise((resolve) => setImmediate(resolve));

test("a phone on UDP is kept open and asked; once it no longer answers it is not registered any more", async () => {
  const clock = manualClock();
  await using server = await sipStack({
    clock,
    realm: "r",
    trunkOf: () => undefined,
    credentialsOf: async () => ({ ha1Md5: hashCredentials("MD5", "6001", "r", "p") }),
  });
  const { host, port } = server.local[0]!;
  let deaf = false;
  await using phone = await sipStack({ clock, isDeafTo: () => deaf });
  const gone = new Promise<void>((resolve) =>
    server.onRegistrationChange((_, contacts) => contacts.length === 0 && resolve()),
  );
  const registration = phone.register({
    registrar: { transport: "udp", host, port },
    aor: "sip:6001@r",
    credentials: { user: "6001", password: "p" },
    expiresSeconds: 3_600,
  });
  const registered = until(registration, "registered");
  clock.advance(1);
  await registered;
  const asked = () => phone.counts().received.udp;
  const before = asked();
  for (let second = 0; asked() < before + 2; second++) {
    assert.ok(second < 120, "not asked");
    clock.advance(1_000);
    await wait();
    await wait();
  }
  assert.equal(server.contactsOf("6001").length, 1);
  // Gone without a word: nothing is taken back.
  deaf = true;
  for (let second = 0; second < 150 && server.contactsOf("6001").length > 0; second++) {
    clock.advance(1_000);
    await wait();
  }
  await gone;
});
