import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hashCredentials } from "../../server/sip/digest.ts";
import { dial, isLeg, watch } from "../../server/switch/conformance-kit.ts";
import type { Switch, TrunkConfig } from "../../server/switch/switch.ts";
import { startBaresip } from "../kit/baresip.ts";
import { switchBed, trunkTo } from "../kit/switch-bed.ts";
import { tapHears } from "../kit/tap.ts";

const limit = { timeout: 180_000 };
const realm = "waihu.test";
const phoneHz = 440;
const number = "+8613800000031";

const bed = () =>
  switchBed({
    sw: {
      credentialsOf: async (user) => ({ ha1Md5: hashCredentials("MD5", user, realm, "secret") }),
    },
  });

/** baresip as a carrier's gateway: it does not register, and answers what is called. */
const gateway = (srtp?: "srtp" | "srtp-mand") =>
  startBaresip({
    user: number,
    password: "",
    registrar: "127.0.0.1",
    registers: false,
    autoAnswer: true,
    ...(srtp && { srtp }),
  });

function callGateway(sw: Switch, sipPort: number, srtp: TrunkConfig["srtp"]): string {
  sw.setTrunks([trunkTo({ host: "127.0.0.1", port: sipPort }, 9, { srtp })]);
  return dial(sw, { destination: { kind: "trunk", trunkIds: [9], number } });
}

void describe("encrypted audio with baresip", { concurrency: 2 }, () => {
  for (const [srtp, theirs, encrypted] of [
    ["required", "srtp-mand", true],
    ["required", "srtp", true],
    ["preferred", "srtp", true],
    ["preferred", undefined, false],
  ] as const)
    test(`we call: ${srtp} here, ${theirs ?? "nothing"} there`, limit, async () => {
      await using there = await bed();
      const { sw } = there;
      const seen = watch(sw);
      await using phone = await gateway(theirs);
      const leg = callGateway(sw, phone.sipPort, srtp);
      await seen.until("leg-answered", isLeg(leg));
      await tapHears(sw, leg, phoneHz);
      const { stats } = await seen.until("leg-stats", isLeg(leg));
      assert.equal(stats.security !== undefined, encrypted, stats.security);
      // It hears us too: its reports know our packets, under its own reading of SRTCP.
      await seen.until("leg-stats", (event) => event.legId === leg && event.stats.roundTripMs !== undefined);
      // Its hold is a re-INVITE with the same keys, or new ones: the sound comes back.
      await phone.command("hold");
      await seen.until("leg-held", (event) => event.legId === leg && event.held);
      await phone.command("resume");
      await seen.until("leg-held", (event) => event.legId === leg && !event.held);
      await tapHears(sw, leg, phoneHz);
      sw.hangup(leg);
    });

  test("required here, nothing there: the call ends, and says why", limit, async () => {
    await using there = await bed();
    const { sw } = there;
    const seen = watch(sw);
    await using phone = await gateway();
    const leg = callGateway(sw, phone.sipPort, "required");
    const ended = await seen.until("leg-ended", isLeg(leg));
    assert.ok(["no-encryption", "no-codec"].includes(ended.cause), ended.cause);
  });

  test(
    "a phone calls with keys, and is answered in kind; a trunk that demands them refuses without",
    limit,
    async () => {
      await using there = await bed();
      const { sw } = there;
      const seen = watch(sw);
      const registrar = `127.0.0.1:${sw.sipLocal[0]!.port}`;
      await using phone = await startBaresip({
        user: "6001",
        password: "secret",
        registrar,
        srtp: "srtp-mand",
      });
      await seen.until("endpoint", (event) => event.online);
      await phone.command("dial", `sip:13800138000@${registrar}`);
      const incoming = await seen.until("leg-incoming");
      await sw.answer(incoming.legId, "agent");
      await phone.event("CALL_ESTABLISHED");
      await tapHears(sw, incoming.legId, phoneHz);
      const { stats } = await seen.until("leg-stats", isLeg(incoming.legId));
      assert.match(stats.security!, /^A/);
      sw.hangup(incoming.legId);

      await using plain = await gateway();
      sw.setTrunks([trunkTo({ host: "127.0.0.1", port: plain.sipPort }, 9, { srtp: "required" })]);
      await plain.command("dial", `sip:10086@${registrar}`);
      const refused = await seen.until("leg-incoming", (event) => event.trunkId === 9);
      await sw.answer(refused.legId, "agent");
      assert.equal((await seen.until("leg-ended", isLeg(refused.legId))).cause, "no-encryption");
      const sent = seen.events.filter((event) => event.type === "sip" && event.legId === refused.legId);
      assert.ok(sent.some((event) => event.type === "sip" && /^SIP\/2.0 488 /.test(event.text)));
    },
  );
});
