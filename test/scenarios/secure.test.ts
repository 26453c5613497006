import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { connect } from "node:tls";
import { WebSocket } from "ws";
import { startApp } from "../../server/app.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { configOf } from "../kit/call-bed.ts";
import { testAuthority } from "../kit/certificate.ts";
import { testDatabase } from "../kit/database.ts";
import { person } from "../kit/person.ts";
import { sipStack } from "../kit/sip-stack.ts";
import { until } from "../kit/until.ts";

const register =
  "REGISTER sip:waihu SIP/2.0\r\nVia: SIP/2.0/WSS a1b2.invalid;branch=z9hG4bKw1\r\nMax-Forwards: 69\r\n" +
  "To: <sip:x@waihu>\r\nFrom: <sip:x@waihu>;tag=x\r\nCall-ID: w1\r\nCSeq: 1 REGISTER\r\n" +
  "Contact: <sip:q7@a1b2.invalid;transport=ws>\r\nContent-Length: 0\r\n\r\n";

test(
  "with a certificate the desk speaks SIP by WSS on the HTTPS port, carriers and phones by TLS; a renewal needs no restart",
  { timeout: 180_000 },
  async () => {
    await using stack = new AsyncDisposableStack();
    const authority = stack.use(testAuthority());
    const files = authority.issue("waihu.example", { dns: ["waihu.example"], ip: ["127.0.0.1"] });
    const database = stack.use(await testDatabase());
    const dataDir = await mkdtemp(join(tmpdir(), "waihu-secure-"));
    stack.defer(() => rm(dataDir, { recursive: true, force: true }));
    const plain = configOf(database.url, dataDir, {});
    const app = stack.use(
      await startApp(
        {
          ...plain,
          http: { ...plain.http, tls: files },
          sip: { ...plain.sip, tls: { port: 0, minVersion: "TLSv1.3", files } },
        },
        { log: silentLog },
      ),
    );
    assert.match(app.url, /^https:/);
    const { port } = new URL(app.url);
    const agent = await person(database, app.url, "ana", "agent");

    const open = (headers: Record<string, string>) =>
      new WebSocket(`wss://127.0.0.1:${port}/sip`, "sip", { ca: authority.ca, headers });
    const [refusal] = (await once(open({}), "error")) as [Error];
    assert.match(refusal.message, /401/);
    const page = open(agent.headers);
    await once(page, "open");
    page.send(register);
    const [answer] = (await once(page, "message")) as [Buffer];
    assert.match(answer.toString(), /^SIP\/2\.0 401 [\s\S]*^Via: SIP\/2\.0\/WSS a1b2\.invalid/m);
    page.terminate();

    const secure = app.listening.map((line) => /^SIP tls 127\.0\.0\.1:(\d+)$/.exec(line)?.[1]).find(Boolean);
    await using phone = await sipStack();
    const target = {
      transport: "tls",
      host: "127.0.0.1",
      port: Number(secure),
      domain: "waihu.example",
    } as const;
    assert.equal(
      (await phone.probe({ ...target, tls: { verify: true, ca: authority.ca } }, "sips:waihu.example"))
        .status,
      200,
    );

    const serialAt = async (at: number) => {
      const socket = connect({ port: at, host: "127.0.0.1", ca: authority.ca });
      await once(socket, "secureConnect");
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    };
    const before = await serialAt(Number(port));
    authority.issue("waihu.example", { dns: ["waihu.example"], ip: ["127.0.0.1"] });
    for (const at of [Number(port), Number(secure)])
      await until("the renewed certificate", async () => (await serialAt(at)) !== before);
  },
);
