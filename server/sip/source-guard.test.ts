import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { plainSdp, sipStack, uriAt } from "../../test/kit/sip-stack.ts";
import { manualClock } from "../kernel/clock.ts";
import { hashCredentials } from "./digest.ts";
import { createSourceGuard, guardLimits, offences, type SourceTrust } from "./source-guard.ts";

const host = "192.0.2.1";

test("offences within the window ban a source, longer each time; time and an administrator lift it", () => {
  const clock = manualClock();
  const guard = createSourceGuard(clock);
  const offend = (times: number) => Array.from({ length: times }, () => guard.offend(host, "rubbish")).at(-1);
  assert.equal(offend(guardLimits.points - 1), false);
  assert.equal(guard.isBanned(host), false);
  assert.equal(offend(1), true);
  assert.deepEqual(guard.bans(), [
    { host, reason: "rubbish", since: clock.now(), until: clock.now() + guardLimits.banMs },
  ]);
  assert.equal(guard.isBanned("192.0.2.2"), false);
  clock.advance(guardLimits.banMs);
  assert.equal(guard.isBanned(host), false);
  assert.deepEqual(guard.bans(), []);
  assert.equal(offend(guardLimits.points), true);
  assert.equal(guard.bans()[0]!.until - clock.now(), 2 * guardLimits.banMs);
  assert.equal(guard.unban(host), true);
  assert.equal(guard.isBanned(host), false);
  assert.equal(guard.unban(host), false);
});

test("offences spread over time ban nobody, proof of identity wipes them out, a wrong password weighs three", () => {
  const clock = manualClock();
  const guard = createSourceGuard(clock);
  for (let i = 0; i < 200; i++) {
    clock.advance((guardLimits.windowMs * 1.1) / guardLimits.points);
    assert.equal(guard.offend(host, "rubbish"), false);
  }
  guard.forgive(host);
  for (let i = 0; i < guardLimits.points - 1; i++) guard.offend(host, "rubbish");
  guard.forgive(host);
  const passwords = Array.from({ length: 10 }, () => guard.offend(host, "password", offences.wrongPassword));
  assert.equal(passwords.indexOf(true), 9);
});

test("requests above the rate are dropped, a flood bans a stranger but never a phone's address, and trunks have no limit", () => {
  const clock = manualClock();
  const guard = createSourceGuard(clock);
  const taken = (trust: SourceTrust, times: number) =>
    Array.from({ length: times }, () => guard.takes(host, trust)).filter(Boolean).length;
  const { burst, perSecond } = guardLimits.rate.stranger;
  assert.equal(taken("stranger", burst + 50), burst);
  clock.advance(1000);
  assert.equal(taken("stranger", burst), perSecond);
  assert.equal(guard.isBanned(host), false);
  taken("stranger", guardLimits.drops);
  assert.equal(guard.bans()[0]!.reason, "too many requests");
  guard.unban(host);
  assert.ok(taken("phone", 5_000) < 5_000);
  assert.equal(guard.isBanned(host), false);
  assert.equal(taken("trunk", 100_000), 100_000);
});

test("who is on the list of exceptions is never banned; many sources cost bounded memory and drive out no ban", () => {
  const clock = manualClock();
  const guard = createSourceGuard(clock, { ...guardLimits, sources: 50 }, ["192.0.2.0/28", "2001:db8::1"]);
  const ban = (from: string) => {
    for (let i = 0; i < guardLimits.points; i++) guard.offend(from, "rubbish");
    return guard.isBanned(from);
  };
  assert.deepEqual([ban("192.0.2.1"), ban("192.0.2.15"), ban("2001:db8::1")], [false, false, false]);
  assert.deepEqual([ban("192.0.2.16"), ban("2001:db8::2")], [true, true]);
  for (let i = 0; i < 1_000; i++) guard.offend(`198.51.100.${i}`, "spoofed");
  assert.equal(guard.isBanned("192.0.2.16"), true);
});

const options = (host: string) =>
  `OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP ${host};rport;branch=z9hG4bK${Math.random()}\r\n` +
  `From: <sip:a@b>;tag=1\r\nTo: <sip:x@127.0.0.1>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n`;

async function socketAt(host: string) {
  const socket = createSocket("udp4").bind(0, host);
  await once(socket, "listening");
  return socket;
}

for (const isTrunk of [false, true])
  test(`a ${isTrunk ? "trunk" : "stranger"} that sends rubbish is ${isTrunk ? "still" : "no longer"} answered`, async () => {
    await using stack = await sipStack({
      trunkOf: ({ host }) => (isTrunk && host === "127.0.0.1" ? "t" : undefined),
    });
    const [scanner, witness] = [await socketAt("127.0.0.1"), await socketAt("127.0.0.2")];
    const { port } = stack.local[0]!;
    let answers = 0;
    scanner.on("message", (data) => {
      if (data.toString().startsWith("SIP/2.0 200")) answers++;
    });
    for (let i = 0; i < guardLimits.points; i++)
      scanner.send("rubbish without end\r\n\r\n", port, "127.0.0.1");
    scanner.send(options("127.0.0.1"), port, "127.0.0.1");
    // One queue, first in first out: the witness is answered after all that has been read.
    witness.send(options("127.0.0.2"), port, "127.0.0.1");
    await once(witness, "message");
    if (isTrunk && answers === 0) await once(scanner, "message");
    assert.equal(answers, isTrunk ? 1 : 0);
    scanner.close();
    witness.close();
  });

test("a flood of INVITE from one address is dropped and banned; the next address is served meanwhile, and after the ban is lifted the first again", async () => {
  await using stack = await sipStack({ trunkOf: () => undefined });
  const [flooder, witness] = [await socketAt("127.0.0.3"), await socketAt("127.0.0.2")];
  const { port } = stack.local[0]!;
  let challenged = 0;
  flooder.on("message", () => void challenged++);
  const invite = (n: number) =>
    options("127.0.0.3").replaceAll("OPTIONS", "INVITE").replace("Call-ID: c", `Call-ID: flood${n}`);
  const ask = async () => {
    witness.send(options("127.0.0.2"), port, "127.0.0.1");
    await once(witness, "message");
  };
  for (let sent = 0; stack.bans().length === 0; sent += 50) {
    assert.ok(sent < 5_000, "not banned");
    for (let i = 0; i < 50; i++) flooder.send(invite(sent + i), port, "127.0.0.1");
    await ask();
  }
  assert.ok(challenged <= 2 * guardLimits.rate.stranger.burst);
  const [ban] = stack.bans();
  assert.equal(ban!.host, "127.0.0.3");
  const before = challenged;
  flooder.send(options("127.0.0.3"), port, "127.0.0.1");
  await ask();
  assert.equal(challenged, before);
  assert.equal(stack.unban("127.0.0.3"), true);
  flooder.send(options("127.0.0.3"), port, "127.0.0.1");
  await once(flooder, "message");
  flooder.close();
  witness.close();
});

test("passwords are not guessed: ten wrong ones and the address is banned", async () => {
  const realm = "waihu.test";
  await using stack = await sipStack({
    realm,
    trunkOf: () => undefined,
    credentialsOf: async () => ({ ha1Md5: hashCredentials("MD5", "6001", realm, "right") }),
  });
  const statuses: number[] = [];
  await using guesser = await sipStack();
  for (let i = 0; stack.bans().length === 0; i++) {
    assert.ok(i < 10, "not banned");
    const call = guesser.invite({
      uri: uriAt(stack, "100"),
      from: "sip:6001@127.0.0.1",
      body: plainSdp(),
      credentials: { user: "6001", password: `guess ${i}` },
    });
    statuses.push(await new Promise<number>((resolve) => call.onFailed(({ status }) => resolve(status))));
  }
  assert.ok(statuses.length >= 7 && statuses.every((status) => status === 403), statuses.join());
  assert.match(stack.bans()[0]!.reason, /wrong password for 6001|challenge not answered/);
});
