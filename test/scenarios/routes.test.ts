import assert from "node:assert/strict";
import { test } from "node:test";
import { routeWhen } from "../../shared/numbers.ts";
import type { Plan } from "../../tools/carrier/plan.ts";
import { callBed } from "../kit/call-bed.ts";
import { closedCall } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const did = "+8675512346000";
const talk: Plan = [{ do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 }];

const rule = (name: string, when: object, target: object) => ({ name, when: routeWhen.parse(when), target });

test("rules lead callers by their number and what they show: refused, told, sent to a number outside, and to a person", async () => {
  await using bed = await callBed();
  const ana = await bed.agent("ana");
  await bed.seed.trunk();
  const announcement = await bed.manager.ask("POST", "/prompts", {
    name: "closed",
    language: "zh",
    parts: [{ kind: "tone", signal: "busy" }],
  });
  const outside = "+8613800138001";
  const items = [
    {
      phone: did,
      trunkId: null,
      rules: [
        rule("withheld", { anonymous: true }, { type: "refuse" }),
        rule("nuisance", { callers: ["+861390000*"] }, { type: "refuse" }),
        rule("told", { callers: ["+8613911110001"] }, { type: "announcement", id: announcement.id }),
        rule("sent on", { callers: ["+8613911110002"] }, { type: "number", phone: outside }),
      ],
      target: { type: "agent", id: ana.userId },
    },
  ];
  await bed.manager.ask("PUT", "/inbound-routes", { items });
  const target = { transport: "udp", ...bed.server.sip } as const;
  const callIn = (from: string) => bed.carrier.callIn({ from, to: did, target, plan: talk });
  const story = async (phone: string) => {
    const { rows } = await bed.database.pool.query<{ outcome: string; rule: string | null }>(
      `select c.outcome, e.data ->> 'rule' as rule from calls c join call_events e on e.call_id = c.id and e.type = 'incoming'
       where c.phone = $1 and c.direction = 'inbound'`,
      [phone],
    );
    return rows;
  };

  const hidden = callIn("anonymous");
  await hidden.until("ended");
  const nuisance = callIn("+8613900001234");
  await nuisance.until("ended");
  assert.deepEqual([hidden.end?.how, nuisance.end?.how], ["433", "603"]);
  await closedCall(bed.database, "anonymous");
  await closedCall(bed.database, "+8613900001234");
  assert.deepEqual(
    [await story("anonymous"), await story("+8613900001234")],
    [[{ outcome: "blocked", rule: "withheld" }], [{ outcome: "rejected", rule: "nuisance" }]],
  );

  const told = callIn("+8613911110001");
  await until("the announcement is over and we hang up", () => told.end?.by === "peer");
  await closedCall(bed.database, told.from);
  assert.deepEqual(await story(told.from), [{ outcome: "message-heard", rule: "told" }]);

  bed.carrier.behave(outside, [{ do: "answer" }, { do: "talk", sound: { tonesHz: [1500] }, ms: 60_000 }]);
  const sentOn = callIn("+8613911110002");
  await sentOn.until("answered");
  await until(
    "the caller hears the number outside",
    async () => (await sentOn.stream!.listen(200)).toneDbm0(1500) > -30,
  );
  sentOn.hangup();
  await closedCall(bed.database, sentOn.from);
  assert.equal((await story(sentOn.from))[0]?.rule, "sent on");

  bed.carrier.behave(outside, [{ do: "refuse", status: 486 }]);
  const unlucky = callIn("+8613911110002");
  await until("nobody can take it: that is said, and we hang up", () => unlucky.end?.by === "peer");
  await closedCall(bed.database, unlucky.from, 2);

  await ana.work();
  const plain = callIn("+8613911110003");
  const talking = await ana.until("talking");
  assert.equal(talking.call?.lead.phone, plain.from);
  plain.hangup();
  await closedCall(bed.database, plain.from);
  assert.deepEqual(await story(plain.from), [{ outcome: "connected", rule: null }]);

  const wrong = bed.carrier.callIn({ from: "+8613922220000", to: "+8675512346999", target, plan: talk });
  await wrong.until("ended");
  assert.equal(wrong.end?.how, "404", "a stranger who dials what is no number of ours");
  await closedCall(bed.database, wrong.from);
  const { items: strays } = await bed.manager.ask("GET", "/inbound-routes/strays");
  assert.deepEqual(
    strays.map(({ phone, calls }: { phone: string; calls: number }) => [phone, calls]),
    [["+8675512346999", 1]],
  );

  const odd = callIn("alice.13911110001");
  await until("she hears that ana is called, or leaves a message", () => odd.phase === "answered");
  odd.hangup();
  await closedCall(bed.database, "alice.13911110001");
});
