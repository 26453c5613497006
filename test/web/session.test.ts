import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { openOffice } from "../kit/office-page.ts";

test("given a session that ends while a form is open, signing in again saves the form", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  await office.open("/customers");
  await page.getByRole("button", { name: "Add a customer" }).click();
  const form = page.getByRole("dialog", { name: "Add a customer" });
  await form.getByLabel("Name", { exact: true }).first().fill("Grace Hopper");
  await form.getByLabel("Number", { exact: true }).fill("138 0013 8000");
  await bed.database.pool.query("delete from sessions");
  await form.getByRole("button", { name: "Save" }).click();
  const again = page.getByRole("dialog", { name: "Please sign in again" });
  await again.getByLabel("Password").fill("wrong-password");
  await page.keyboard.press("Enter");
  await again.getByText("The login or the password is wrong.").waitFor();
  await again.getByLabel("Password").fill("password");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Grace Hopper" }).waitFor();
  await page.getByText("+86 138 0013 8000").waitFor();
});

test("given a password set by another, nothing opens until an own one is chosen", async () => {
  await using bed = await callBed();
  await using office = await openOffice(bed, "root", { language: "en" });
  const { page } = office;
  await bed.database.pool.query("update users set must_change_password = true where login = 'root'");
  await page.goto(`${bed.server.url}/users`);
  await page.getByRole("heading", { name: "Choose your own password" }).waitFor();
  await page.getByLabel("Current password").fill("password");
  await page.getByLabel("New password", { exact: true }).fill("a longer secret");
  await page.getByLabel("New password again").fill("another secret");
  await page.getByText("The two passwords differ.").waitFor();
  await page.getByLabel("New password again").fill("a longer secret");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByRole("heading", { name: "Users and roles" }).waitFor();
});
