import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { until } from "../kit/until.ts";

const phone = "+8613800138071";
const token = "a-token-of-twenty-letters";

type Samples = Map<string, number>;

async function read(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

function parse(text: string): Samples {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(" ")),
      Number(line.slice(line.lastIndexOf(" ") + 1)),
    ]),
  );
}

test(
  "a whole call shows in the metrics, canary calls beside it, and the manual names every one",
  { timeout: 180_000 },
  async () => {
    await using bed = await callBed({ config: { canary: true, metricsToken: token } });
    const { url } = bed.server;
    const samples = async () => parse((await read(url, { authorization: `Bearer ${token}` })).text);
    assert.deepEqual(
      [(await read(url)).status, (await read(url, { authorization: "Bearer wrong" })).status],
      [403, 403],
    );

    const ana = await bed.agent("ana");
    const campaign = await bed.seed.campaign({ phones: [phone], agents: [ana] });
    bed.carrier.behave(phone, [{ do: "answer" }, { do: "talk", sound: { tonesHz: [900] }, ms: 30_000 }]);
    const called = bed.carrier.seeCall(phone);
    await ana.work(campaign.id);
    await campaign.command("start");
    const customer = await called;
    await ana.until("talking");
    const trunk = (await bed.manager.ask("GET", "/trunks")).items[0].name as string;
    await until("audio has been counted", async () => {
      const during = await samples();
      return (during.get('waihu_rtp_packets_total{direction="in"}') ?? 0) > 100;
    });
    const during = await samples();
    assert.equal(during.get('waihu_calls{state="talking"}'), 1);
    assert.equal(during.get('waihu_agents{state="talking"}'), 1);
    assert.equal(during.get("waihu_legs"), 2);
    assert.equal(during.get(`waihu_trunk_channels{trunk="${trunk}"}`), 1);
    assert.equal(during.get(`waihu_trunk_up{trunk="${trunk}"}`), 1);
    assert.ok(during.get('waihu_sip_messages_total{direction="sent",transport="udp"}')! > 5);
    assert.equal(during.get("waihu_dialer_leads_claimed_total"), 1);
    assert.ok(during.get("waihu_rtp_mos_sum")! / during.get("waihu_rtp_mos_count")! > 4);

    customer.hangup();
    await ana.until("wrap-up");
    const after = await until("both canaries were heard", async () => {
      const seen = await samples();
      const ways = ["udp", "phone"].map((way) => seen.get(`waihu_canary_up{way="${way}"}`));
      return ways.every((up) => up === 1) && seen;
    });
    assert.equal(after.get("waihu_legs"), 1);
    assert.deepEqual(
      [...after].filter(([name]) => name.startsWith("waihu_legs_ended_total")),
      [['waihu_legs_ended_total{cause="normal",by="party"}', 1]],
    );

    const { text } = await read(url, { authorization: `Bearer ${token}` });
    const told = [...text.matchAll(/^# TYPE (waihu_\w+) (\w+)$/gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );
    const manual = readFileSync("docs/operations.md", "utf8");
    const written = [...manual.matchAll(/^\| `(waihu_\w+)` \| (\w+) \|/gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );
    assert.deepEqual(told.sort(), written.sort());

    const report = await bed.manager.ask("GET", "/health/canary");
    assert.deepEqual(
      report.ways.map((way: { key: string; state: string }) => `${way.key} ${way.state}`),
      ["udp ok", "phone ok"],
    );
    const { checks } = await bed.manager.ask("GET", "/health");
    assert.equal(checks.find((check: { name: string }) => check.name === "canary").code, "canary");
    const calls = await bed.manager.ask("GET", "/calls");
    assert.equal(calls.total, 1);
  },
);

test("without a token this machine may read, what comes through a proxy may not", async () => {
  await using bed = await callBed();
  assert.equal((await read(bed.server.url)).status, 200);
  assert.equal((await read(bed.server.url, { "x-forwarded-for": "203.0.113.7" })).status, 403);
});
