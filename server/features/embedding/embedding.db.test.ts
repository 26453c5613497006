import assert from "node:assert/strict";
import { test } from "node:test";
import { embedOrigin } from "../../../shared/embed-origin.ts";
import { testHttp } from "../../../test/kit/http.ts";

const crm = "https://crm.example.com";

test("one page opens to the listed origins, and only to them; all others stay shut", async () => {
  await using http = await testHttp();
  const admin = await http.as("administrator");
  const headersOf = async (path: string) => {
    const { headers } = await http.anonymous.send("GET", path, undefined, { accept: "text/html" });
    const policy = String(headers["content-security-policy"]);
    return [
      /frame-ancestors [^;]*/.exec(policy)?.[0],
      headers["x-frame-options"],
      headers["cross-origin-opener-policy"],
    ];
  };
  const shut = ["frame-ancestors 'none'", "DENY", "same-origin"];
  assert.deepEqual(await headersOf("/desk/embedded"), shut, "nobody is listed");
  await admin.patch("/api/v1/settings", { embedOrigins: [`${crm}/`] });
  const open = [`frame-ancestors 'self' ${crm}`, undefined, "unsafe-none"];
  assert.deepEqual(await headersOf("/desk/embedded?language=zh"), open);
  for (const path of ["/desk", "/desk/embedded/x", "/sign-in", "/api/v1/settings"])
    assert.deepEqual(await headersOf(path), shut, path);
  await admin.patch("/api/v1/settings", { embedOrigins: [] });
  assert.deepEqual(await headersOf("/desk/embedded"), shut);
});

test("what an origin may is readable by listed ones alone, and says whether a frame has the session", async () => {
  await using http = await testHttp();
  const admin = await http.as("administrator");
  await admin.patch("/api/v1/settings", { embedOrigins: [crm] });
  const ask = async (origin: string, site?: string) => {
    const path = `/api/v1/embedding?origin=${encodeURIComponent(origin)}`;
    const headers = { origin, ...(site && { "sec-fetch-site": site }) };
    const answer = await http.anonymous.send("GET", path, undefined, headers);
    return [answer.headers["access-control-allow-origin"], answer.body.allowed, answer.body.sameSite];
  };
  assert.deepEqual(await ask(crm, "cross-site"), [crm, true, false]);
  assert.deepEqual(await ask(crm, "same-site"), [crm, true, true]);
  assert.deepEqual(await ask(crm), [crm, true, null]);
  for (const other of ["https://evil.example", `${crm}:8443`, "http://crm.example.com", "null"])
    assert.deepEqual(await ask(other), [undefined, false, null], other);
});

test("an origin is kept as browsers write it; anything else is refused", () => {
  assert.equal(embedOrigin.parse(" HTTPS://Crm.Example.com:443/ "), crm);
  assert.equal(embedOrigin.parse("http://[::1]:8080"), "http://[::1]:8080");
  for (const bad of [
    "crm.example.com",
    `${crm}/path`,
    "https://*.example.com",
    "*",
    "null",
    `${crm}; script-src *`,
  ])
    assert.ok(!embedOrigin.safeParse(bad).success, bad);
});
