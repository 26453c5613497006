import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";
import { pageFaults } from "../kit/page-faults.ts";

test("databases and hosts of flows are bound, tried, changed and removed; passwords are not shown again", async () => {
  await using bed = await callBed();
  await using crm = createServer((_, response) => response.writeHead(404).end()).listen(0, "127.0.0.1");
  await once(crm, "listening");
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  const at = new URL(bed.database.url);
  await office.open("/ivr-sources");
  await page.getByRole("button", { name: "Bind a database" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "Name" }).fill("Orders");
  await form.getByRole("textbox", { name: "Host" }).fill("127.0.0.1:1");
  await form.getByRole("textbox", { name: "Database", exact: true }).fill(at.pathname.slice(1));
  await form.getByRole("textbox", { name: "Role" }).fill(at.username);
  await form.getByRole("textbox", { name: "Password" }).fill(at.password || "any");
  await form.getByRole("button", { name: /^Test/ }).click();
  await form.getByText("Nobody answers there", { exact: false }).waitFor();
  await form.getByRole("textbox", { name: "Host" }).fill(at.host);
  await form.getByRole("button", { name: /^Test/ }).click();
  await form.getByText(/It answers, in \d+ ms/).waitFor();
  // The tests' own role may do everything.
  await form.getByText("This role may also write.", { exact: false }).waitFor();
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  const row = page.getByRole("row", { name: /Orders/ });
  await row.getByText("no flow").waitFor();

  const { items } = await bed.manager.ask("GET", "/ivr/databases");
  assert.equal(JSON.stringify(items).includes(at.password || "any:"), false);
  const { id: databaseId } = items[0];
  const sqlBlock = { kind: "sql", id: "look", databaseId, query: "select 1 as one", exits: {} };
  await bed.manager.ask("POST", "/ivr/flows", {
    name: "Order status",
    document: { start: "look", blocks: [sqlBlock] },
  });
  await page.reload();
  await row.getByRole("link", { name: "Order status" }).waitFor();
  // Another name, the password as it is.
  await row.getByRole("button", { name: "Edit: Orders" }).click();
  await form.getByRole("textbox", { name: "Name" }).fill("Shop");
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  const shop = page.getByRole("row", { name: /Shop/ });
  await shop.getByRole("button", { name: "Test: Shop" }).click();
  await shop.getByText(/It answers/).waitFor();

  const host = `127.0.0.1:${(crm.address() as AddressInfo).port}`;
  await page.getByRole("textbox", { name: "Host to allow" }).fill(`http://${host}/orders`);
  await page.getByRole("button", { name: "Allow" }).click();
  const allowed = page.getByRole("row", { name: new RegExp(host) });
  await allowed.getByRole("button", { name: `Test: ${host}` }).click();
  await allowed.getByText(/It answers/).waitFor();
  assert.deepEqual(await pageFaults(page, { language: "en", theme: "light" }), []);

  await shop.getByRole("button", { name: "Delete: Shop" }).click();
  await page.getByText("These flows ask it", { exact: false }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await shop.waitFor({ state: "detached" });
  assert.deepEqual(office.complaints, []);
});
