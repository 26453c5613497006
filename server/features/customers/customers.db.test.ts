import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TestHttp, testHttp } from "../../../test/kit/http.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import { customerRoutes } from "./routes.ts";
import { ensureCustomer } from "./save-customer.ts";

let http: TestHttp;
before(async () => void (http = await testHttp(customerRoutes)));
after(() => http[Symbol.asyncDispose]());

const path = "/api/v1/customers";

test("a customer is found by a number as people type it, and by the beginning of a name or organisation", async () => {
  const agent = await http.as("agent");
  const made = await agent.post(path, {
    name: "王小明",
    organisation: "Acme 100% Ltd",
    phones: [{ phone: "138-1234-5678", kind: "mobile" }, { phone: "+86 10 8888 6666" }],
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.deepEqual(
    made.body.phones.map((p: { phone: string }) => p.phone),
    ["+8613812345678", "+861088886666"],
  );
  for (const search of ["王小", "acme 100%", "13812345678", "+86138", "138 1234 5678"]) {
    const { items, total } = (await agent.get(`${path}?search=${encodeURIComponent(search)}`)).body;
    assert.deepEqual([items[0]?.id, total], [made.body.id, 1], search);
  }
  for (const search of ["小明", "acme 1__", "13812345679"])
    assert.equal((await agent.get(`${path}?search=${encodeURIComponent(search)}`)).body.total, 0, search);
  const byPhone = await agent.get(`${path}/by-phone?phone=%2B861088886666`);
  assert.equal(byPhone.body.id, made.body.id);
});

test("who may not see numbers sees them masked, and saves without losing them", async () => {
  const admin = await http.as("administrator");
  const made = await admin.post(path, { name: "masked", phones: [{ phone: "13900001111" }] });
  await http.database.pool.query(
    `insert into settings (key, value) values ('maskPhonesForAgents', 'true') on conflict do nothing`,
  );
  http.events.publish("settings.changed", { settings: { maskPhonesForAgents: true } } as never);
  const agent = await http.as("agent");
  const shown = (await agent.get(`${path}/${made.body.id}`)).body;
  assert.equal(shown.phones[0].phone, maskPhone("+8613900001111"));
  const saved = await agent.put(`${path}/${made.body.id}`, { ...shown, note: "called" });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  const whole = (await admin.get(`${path}/${made.body.id}`)).body;
  assert.deepEqual([whole.note, whole.phones[0].phone], ["called", "+8613900001111"]);
});

test("a number belongs to one customer; nonsense is no number", async () => {
  const admin = await http.as("administrator");
  const first = await admin.post(path, { name: "first", phones: [{ phone: "13700000001" }] });
  const second = await admin.post(path, { name: "second", phones: [{ phone: "13700000001" }] });
  assert.deepEqual(
    [second.status, second.body.error.code, second.body.error.detail.customerId],
    [409, "phone-of-another-customer", first.body.id],
  );
  const nonsense = await admin.post(path, { phones: [{ phone: "<script>" }] });
  assert.equal(nonsense.body.error.code, "phone-invalid");
  const zone = await admin.post(path, { timeZone: "Mars/Olympus" });
  assert.equal(zone.body.error.code, "time-zone-unknown");
});

test("two first calls at once with one person make one customer", async () => {
  const person = { name: "once", phones: ["+8613600000001", "+8613600000002"], timeZone: "Asia/Shanghai" };
  const ids = await Promise.all(
    Array.from({ length: 8 }, () => http.database.transact((tx) => ensureCustomer(tx, person))),
  );
  assert.equal(new Set(ids).size, 1);
  const { rows } = await http.database.pool.query("select count(*) as n from customers where name = 'once'");
  assert.equal(rows[0].n, 1);
});
