import assert from "node:assert/strict";
import { test } from "node:test";
import { toneLevelDbm0 } from "../../server/media/tones.ts";
import { callBed } from "../kit/call-bed.ts";
import { brokenAtRest, callsTo, closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const abroad = "+12125550191";
const home = "+8613800138091";
const warningHz = 1400;

test("who may not call a number is told by which rule, and it never rings; a call past its limit is warned of and ends", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  await bed.seed.trunk();
  const rule = { name: "no calls abroad", action: "bar", prefixes: ["+1"], roles: ["agent"] };
  await bed.manager.ask("PUT", "/barring", { items: [rule] });
  await bed.manager.ask("PATCH", "/settings", {
    callLimits: { manual: 12, campaign: null, inbound: null, outside: null },
    callLimitWarningSeconds: 10,
  });
  await ana.work();
  await assert.rejects(ana.command("dial", { phone: abroad }), /dial-refused.*no calls abroad/);
  const [barred] = await callsTo(bed.database, abroad);
  assert.deepEqual([barred?.state, barred?.outcome], ["closed", "refused"]);
  assert.equal(bed.carrier.counts.offered, 0);

  bed.carrier.behave(home, [{ do: "answer" }, { do: "stay" }]);
  const coming = bed.carrier.seeCall(home);
  await ana.command("dial", { phone: home });
  const far = await coming;
  await ana.until("talking");
  await until("ana hears the warning", () =>
    ana.phone.peer.received.some(({ samples }) => toneLevelDbm0(samples, warningHz) > -25),
  );
  assert.ok((await ana.state()).call?.endsAt);
  await far.until("ended");
  const call = await closedCall(bed.database, home);
  assert.deepEqual([call.outcome, call.cause, call.ended_by], ["connected", "time-limit", "system"]);
  await ana.until("ready");
  assert.deepEqual(await brokenAtRest(bed.database), []);
});

test("one's own speed dial comes before everybody's, which only supervisors set", async () => {
  await using bed = await callBed();
  const [ana, ben] = [await bed.agent("ana"), await bed.agent("ben")];
  const shared = { name: "help desk", phone: home };
  await assert.rejects(ana.ask("PUT", "/speed-dials/shared/7", shared), /forbidden/);
  await bed.manager.ask("PUT", "/speed-dials/shared/7", shared);
  await ana.ask("PUT", "/speed-dials/own/7", { name: "my lead", phone: "13800138092" });
  const of = async (who: typeof ana) => (await who.ask("GET", "/speed-dials")).items;
  assert.deepEqual(await of(ben), [{ scope: "shared", code: 7, ...shared }]);
  assert.deepEqual(
    (await of(ana)).map(({ scope, phone }: { scope: string; phone: string }) => [scope, phone]),
    [
      ["own", "+8613800138092"],
      ["shared", home],
    ],
  );
  await ana.ask("DELETE", "/speed-dials/own/7");
  assert.equal((await of(ana)).length, 1);
});
