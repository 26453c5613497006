import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readConfig } from "./config.ts";
import { environment } from "./environment.ts";

test("nothing set gives a system for this machine alone", () => {
  const config = readConfig({}, 2);
  assert.deepEqual([config.http.host, config.http.port, config.demo], ["127.0.0.1", 8080, true]);
  assert.equal(config.mediaProcesses, 1);
  assert.equal(readConfig({}, 8).mediaProcesses, 7);
});

test("a wrong value is told by the setting's name, without its secrets", () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ WAIHU_PORT: "eighty" }, /WAIHU_PORT wants a number from 0 to 65535 and is “eighty”/],
    [{ WAIHU_DEMO: "maybe" }, /WAIHU_DEMO wants on or off/],
    [{ WAIHU_RTP_PORTS: "30000-20000" }, /WAIHU_RTP_PORTS wants a range/],
    [{ WAIHU_TLS_CERT: "/nowhere.pem" }, /belong together/],
    [{ WAIHU_TLS_CERT: "/nowhere.pem", WAIHU_TLS_KEY: "/k" }, /WAIHU_TLS_CERT: \/nowhere.pem cannot be read/],
    [{ WAIHU_LOG_LEVEL: "loud" }, /one of trace, debug/],
    [{ DATABASE_URL: "postgres://u:secret@host" }, /^(?!.*secret).*DATABASE_URL wants the form/],
    [{ WAIHU_ICE_SERVERS: "turn:u:secret@host" }, /^(?!.*secret).*WAIHU_ICE_SERVERS wants URIs/],
    [{ WAIHU_ICE_SERVERS: "turn:host" }, /TURN wants WAIHU_TURN_SECRET/],
    [{ WAIHU_TURN_USERNAME: "u" }, /belong together/],
    [{ WAIHU_ICE_POLICY: "relay", WAIHU_ICE_SERVERS: "stun:host" }, /relay wants a turn:/],
    [{ WAIHU_PORTS: "1" }, /no setting WAIHU_PORTS/],
  ];
  for (const [env, sentence] of wrong)
    assert.throws(() => readConfig(env), { name: "StartupError", message: sentence });
});

test("docs/settings.md has every setting as it is", () => {
  const page = readFileSync(join(import.meta.dirname, "../docs/settings.md"), "utf8");
  for (const { name, fallback, about } of Object.values(environment)) {
    const row = `| \`${name}\` | ${fallback && `\`${fallback}\``} | ${about} |`;
    assert.ok(page.includes(row), `docs/settings.md lacks:\n${row}`);
  }
});
