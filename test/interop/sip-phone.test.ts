import assert from "node:assert/strict";
import { test } from "node:test";
import { hashCredentials } from "../../server/sip/digest.ts";
import type { Contact, IncomingCall, SipStack } from "../../server/sip/types.ts";
import { startBaresip } from "../kit/baresip.ts";
import { plainSdp, sipStack } from "../kit/sip-stack.ts";

const realm = "waihu.test";

/** A registrar for the desk phone 6001. */
function registrar(transport: "udp" | "tcp"): Promise<SipStack> {
  return sipStack({
    listen: [{ transport, host: "127.0.0.1", port: 0 }],
    realm,
    trunkOf: () => undefined,
    credentialsOf: async (user) => ({
      ha1Md5: hashCredentials("MD5", user, realm, "secret"),
      ha1Sha256: hashCredentials("SHA-256", user, realm, "secret"),
    }),
  });
}

for (const transport of ["udp", "tcp"] as const)
  test(`a desk phone registers over ${transport}, is called and calls`, async () => {
    await using stack = await registrar(transport);
    const appeared = new Promise<Contact>((resolve) =>
      stack.onRegistrationChange((_user, contacts) => contacts[0] && resolve(contacts[0])),
    );
    const address = `127.0.0.1:${stack.local[0]!.port}`;
    await using phone = await startBaresip({
      user: "6001",
      password: "secret",
      registrar: address,
      transport,
    });
    const contact = await appeared;
    assert.match(contact.userAgent, /baresip/);

    const call = stack.invite({
      uri: contact.uri,
      target: contact.target,
      from: "sip:100@127.0.0.1",
      body: plainSdp(),
    });
    await phone.event("CALL_INCOMING");
    await phone.command("accept");
    await new Promise((resolve) => call.onAccepted(resolve));
    const reoffered = await call.reinvite(plainSdp("127.0.0.1", 40_010));
    assert.equal(reoffered.status, 200);
    call.hangup();
    await phone.event("CALL_CLOSED");

    const arrived = new Promise<IncomingCall>((resolve) => stack.onInvite(resolve));
    await phone.command("dial", `sip:13800138000@${address};transport=${transport}`);
    const incoming = await arrived;
    assert.deepEqual(incoming.origin, { user: "6001" });
    assert.equal(incoming.to.user, "13800138000");
    incoming.progress(180);
    incoming.accept(plainSdp());
    await phone.event("CALL_ESTABLISHED");
    const ended = new Promise<{ by: string }>((resolve) => incoming.on("ended", resolve));
    await phone.command("hangup");
    assert.equal((await ended).by, "remote");
  });
