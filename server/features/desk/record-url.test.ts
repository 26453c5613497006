import assert from "node:assert/strict";
import { test } from "node:test";
import { externalIdOf, fillRecordUrl, recordUrlTemplate } from "../../../shared/record-url.ts";

const values = {
  externalId: "C 42/7",
  callId: "c1",
  leadId: 7,
  customerId: null,
  campaignId: 3,
  phone: null,
  name: "王伟",
  fields: { contract: "A&B", empty: "" },
};
const url = (template: string) => fillRecordUrl(template, values);

const takes = (template: string) => recordUrlTemplate.safeParse(template).success;

test("a record's address: values are encoded, and one that is lacking leaves no address", () => {
  assert.equal(
    url("https://crm.example/c/{externalId}?n={contract}"),
    "https://crm.example/c/C%2042%2F7?n=A%26B",
  );
  assert.equal(
    url("https://crm.example/?name={name}&lead={leadId}"),
    "https://crm.example/?name=%E7%8E%8B%E4%BC%9F&lead=7",
  );
  for (const lacking of ["{customerId}", "{phone}", "{empty}", "{unknown}"])
    assert.equal(url(`https://crm.example/${lacking}`), null, lacking);
  assert.equal(url(""), null);
});

test("a record cannot choose the host or the scheme", () => {
  for (const good of [
    "",
    "https://crm.example/{leadId}",
    "http://10.0.0.5:8000?id={name}",
    "https://crm.example",
  ])
    assert.ok(takes(good), good);
  for (const bad of [
    "https://{name}/x",
    "javascript:{name}",
    "https://crm{leadId}.example/",
    "crm.example/{name}",
  ])
    assert.ok(!takes(bad), bad);
});

test("the external id is the record's own, else what the dial was given", () => {
  assert.equal(externalIdOf({ external_id: "a" }, { externalId: "b" }), "a");
  assert.equal(externalIdOf({ external_id: "" }, { externalId: 5 }), "5");
  assert.equal(externalIdOf({}, { externalId: {} }), null);
});
