import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { testDatabase } from "../kit/database.ts";
import { browserAgent, openDesk, takeDesk } from "../kit/desk-page.ts";
import { block, flow } from "../kit/ivr-flows.ts";
import { pageFaults } from "../kit/page-faults.ts";
import { queueBed } from "../kit/queue-bed.ts";
import { closedCall } from "../kit/story.ts";
import { hears, tonePrompt } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

const [menuHz, askHz, wrongHz] = [600, 800, 1200];
const household = "+8613800138911";

/** Of a caller who keys an order's number, which a database of the company knows. */
async function flowTo(bed: CallBed, queueId: number, databaseUrl: string) {
  const { items } = await bed.manager.ask("POST", "/ivr/databases", { name: "Orders", url: databaseUrl });
  const tones = await Promise.all([menuHz, askHz, wrongHz].map((hz) => tonePrompt(bed, hz, 2000)));
  const [menu, ask, wrong] = tones.map((promptId) => ({ promptId }));
  const document = {
    ...flow(
      block(
        "menu",
        "main",
        { "1": "order", timeout: "line", invalid: "line" },
        { title: "主菜单", speech: menu, keys: [{ key: "1", label: "查订单" }] },
      ),
      block(
        "verify",
        "order",
        { verified: "line", failed: "line", timeout: "line", unavailable: "line" },
        {
          title: "核对订单",
          speech: ask,
          wrong,
          what: "order",
          variable: "number",
          min: 4,
          max: 8,
          by: {
            kind: "sql",
            databaseId: items[0].id,
            query: "select holder from orders where number = :number",
          },
          saves: [{ variable: "holder", from: "holder" }],
        },
      ),
      block("queue", "line", { timeout: "bye" }, { title: "", queueId, waitMs: 60_000 }),
      block("hang-up", "bye", {}),
    ),
    shown: [
      { variable: "holder", label: "订单持有人" },
      { variable: "number", label: "订单号" },
    ],
  };
  const { id } = await bed.manager.ask("POST", "/ivr/flows", { name: "Service", document });
  await bed.manager.ask("POST", `/ivr/flows/${id}/publish`, {});
  return id as number;
}

/** Two people with one number, one of them of importance. */
async function seedHousehold(bed: CallBed): Promise<void> {
  const [first, second] = [await bed.seed.list([household]), await bed.seed.list([household])];
  await sql`
    with li as (insert into customers (name, vip) values ('李四', 3) returning id)
    update leads set name = case id when ${first.leadIds[0]} then '张三' else '李四' end,
      customer_id = case id when ${second.leadIds[0]} then (select id from li) end,
      last_attempt_at = case id when ${first.leadIds[0]} then now() end
    where id = any(${[first.leadIds[0], second.leadIds[0]]})`.execute(bed.database.db);
}

test("who calls through a flow rings with the way they came, who they proved to be, and who they may be", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  await using bound = await testDatabase();
  await sql`create table orders (number text, holder text)`.execute(bound.db);
  await sql`insert into orders values ('471199', '王五')`.execute(bound.db);
  await seedHousehold(bed);
  const ana = await browserAgent(bed, "ana");
  const line = await queueBed(bed).queue("客服", [], {
    answer: "ring",
    ringSeconds: 120,
    members: [{ userId: ana.userId, rank: 1 }],
  });
  const flowId = await flowTo(bed, line.id, bound.url);
  const did = "+8675512346098";
  await bed.manager.ask("PUT", "/inbound-routes", {
    items: [{ phone: did, target: { type: "flow", id: flowId } }],
  });
  await using desk = await openDesk(bed, "ana", { hz: 500, viewport: { width: 1280, height: 800 } });
  await takeDesk(desk);
  await desk.press("就绪");
  await desk.until("ready");

  const call = bed.carrier.callIn({
    from: household,
    to: did,
    target: { transport: "udp", ...bed.server.sip },
    plan: [{ do: "talk", sound: { tonesHz: [1900] }, ms: 300_000 }],
  });
  await call.until("answered");
  await hears(call, menuHz);
  call.stream!.sendDtmf("1");
  await hears(call, askHz);
  call.stream!.sendDtmf("471100#");
  await hears(call, wrongHz);
  call.stream!.sendDtmf("471199#");

  // It rings: who, since when, how they came.
  const customer = desk.zone("客户");
  await customer.getByText("有来电找您").waitFor();
  await customer.getByText(/客服，已等待/).waitFor();
  await customer.getByRole("heading", { name: "张三" }).waitFor();
  await customer.getByText("订单号已验证").waitFor();
  await customer.getByText("由企业数据库核验 · 共 2 次").waitFor();
  const look = { language: "zh", theme: "light" } as const;
  assert.deepEqual(await pageFaults(desk.page, look), [], "while it rings");
  await desk.press("接听");
  await desk.until("talking");

  const path = await customer
    .getByRole("listitem")
    .filter({ hasText: /主菜单|核对订单|队列/ })
    .allInnerTexts();
  assert.deepEqual(
    path.map((step) => step.replaceAll(/\s+/g, " ")),
    ["主菜单 1 查订单", "核对订单 ••••••", "队列"],
  );
  await customer.getByText("王五").waitFor();
  const page = await desk.page.locator("body").innerText();
  assert.equal(/4711/.test(page), false, "digits of the verification");

  // Two people have the number: the one who says so is on the line.
  await customer.getByText("有 2 人使用此号码，来电的是谁？").waitFor();
  assert.deepEqual(await pageFaults(desk.page, look), [], "in the talk");
  await customer.getByRole("button", { name: /^李四/ }).click();
  await customer.getByRole("heading", { name: "李四 VIP 3" }).waitFor();
  await desk.page.reload();
  await customer.getByRole("heading", { name: "李四 VIP 3" }).waitFor();
  call.hangup();
  const { id } = await closedCall(bed.database, household);
  const stored = await until("the call is hers", async () => {
    const { rows } = await sql<{ name: string; customer: string; facts: string[] }>`
      select c.name, u.name as customer, (select array_agg(what || ' ' || ok || ' ' || tries) from ivr_facts f
        where f.call_id = c.id) as facts
      from calls c join customers u on u.id = c.customer_id where c.id = ${id}`.execute(bed.database.db);
    return rows[0];
  });
  assert.deepEqual(stored, { name: "李四", customer: "李四", facts: ["order false 1", "order true 2"] });
  assert.deepEqual(desk.browser.errors, []);
});
