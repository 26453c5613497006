import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import JsSIP from "jssip";
import { WebSocketServer } from "ws";
import { hashCredentials } from "../../server/sip/digest.ts";
import type { Contact } from "../../server/sip/types.ts";
import { sipStack } from "../kit/sip-stack.ts";

const realm = "waihu.test";

test("JsSIP, the browser's stack, registers over WebSocket and is found, then unregisters", async () => {
  await using stack = await sipStack({
    realm,
    digestAlgorithms: ["SHA-256", "MD5"],
    trunkOf: () => undefined,
    credentialsOf: async (user) => ({ ha1Md5: hashCredentials("MD5", user, realm, "secret") }),
  });
  const http = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "sip" });
  http.on("connection", (socket, request) =>
    stack.acceptWebSocket(socket, { host: "127.0.0.1", port: request.socket.remotePort ?? 0, secure: false }),
  );
  await once(http, "listening");
  const { port } = http.address() as { port: number };
  const changes: (readonly Contact[])[] = [];
  stack.onRegistrationChange((_user, contacts) => changes.push(contacts));
  const agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(`ws://127.0.0.1:${port}`)],
    uri: `sip:1001@${realm}`,
    password: "secret",
    register: true,
  });
  const registered = new Promise<void>((resolve, reject) => {
    agent.on("registered", () => resolve());
    agent.on("registrationFailed", ({ cause }) => reject(new Error(cause)));
  });
  agent.start();
  await registered;
  const [contact] = stack.contactsOf("1001");
  assert.equal(contact?.target.transport, "ws");
  assert.match(contact.userAgent, /JsSIP/);
  assert.equal((await stack.probe(contact.target, contact.uri)).status, 200);
  const unregistered = new Promise<void>((resolve) => agent.on("unregistered", () => resolve()));
  agent.unregister({ all: true });
  await unregistered;
  assert.deepEqual(stack.contactsOf("1001"), []);
  agent.stop();
  for (const socket of http.clients) socket.terminate();
  http.close();
});
