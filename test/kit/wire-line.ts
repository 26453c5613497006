/** A whole service line on real parts: every kind of block, and all that its flow reaches. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { pino } from "pino";
import type { IvrDocument } from "../../shared/ivr/flow.ts";
import { speechConfig } from "../../shared/speech.ts";
import { callBed } from "./call-bed.ts";
import { testDatabase } from "./database.ts";
import { mailServer, mailUser } from "./mail-server.ts";
import { queueBed } from "./queue-bed.ts";
import { speechService } from "./speech-service.ts";
import { tonePrompt } from "./tone-prompts.ts";
import { wireFlow, wirePart } from "./wire-flow.ts";

export const did = "+8675512345678";
const busy = "+8613800138999";
export const [vip, known] = ["+8613800139001", "+8613800139002"];
export const tones = { hello: 600, ask: 800, bye: 1400, sorry: 1200 };
/** So long that it stands nowhere by chance. */
export const pins = { right: "471193582604", wrong: "580264719935", broken: "999999999999" };

/** A service that answers, knows nobody, hangs, never ends or lies. */
async function crmService() {
  const server = createServer((request, response) => {
    switch (request.url) {
      case "/1":
        return void response.end(JSON.stringify({ name: "Ana" }));
      case "/2":
        return void response.writeHead(404).end();
      case "/3":
        return;
      case "/4": {
        const piece = Buffer.alloc(2 ** 20, "x");
        let left = 50;
        const more = () => {
          if (response.destroyed) return;
          if (left-- > 0) response.write(piece, more);
          else response.end();
        };
        return more();
      }
      default:
        return void response.end("<html>");
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Everything that a flow of every kind of block reaches, and the flow in force. */
export async function wireLine(stack: AsyncDisposableStack) {
  const lines: string[] = [];
  const log = pino(
    { level: "trace" },
    new Writable({ write: (line: Buffer, _coding, done) => done(void lines.push(String(line))) }),
  );
  const bed = stack.use(await callBed({ log, carrier: { suffixes: false } }));
  const [crm, speech, mail] = [
    stack.use(await crmService()),
    stack.use(await speechService()),
    stack.use(await mailServer()),
  ];
  const bound = stack.use(await testDatabase());
  await bound.pool
    .query(`create table policies (number text, holder text); create table people (pin text, holder text);
    insert into policies values ('1', 'Ana'), ('3', 'Ben'); insert into people values ('${pins.right}', 'Ana')`);
  await bed.seed.trunk();
  const { manager } = bed;
  await manager.ask("PUT", "/mail", {
    host: "127.0.0.1",
    port: mail.port,
    security: "none",
    from: "calls@example.com",
    ...mailUser,
  });
  await manager.ask("PUT", "/speech", {
    ...speechConfig.parse({}),
    recognition: "service",
    url: speech.url,
    transcriptionModel: "asr",
  });
  await manager.ask("PUT", "/ivr/hosts", { hosts: [crm.host] });
  await manager.ask("POST", "/ivr/databases", { name: "CRM", url: bound.url });
  const { items: databases } = await manager.ask("GET", "/ivr/databases");
  await manager.ask("POST", "/customers", {
    name: "Ana",
    vip: 5,
    phones: [{ phone: vip }],
    email: "ana@example.com",
  });
  await manager.ask("POST", "/customers", { name: "Ben", phones: [{ phone: known }] });
  const ana = await bed.agent("ana");
  const queues = queueBed(bed);
  const queue = async (name: string, settings: object = {}) =>
    (await queues.queue(name, [ana], { ...settings })).id;
  const keyed = [{ key: "1", act: { type: "overflow" } }];
  const ids = {
    line: await queue("line"),
    full: await queue("full", { maxLength: 1 }),
    gone: await queue("gone"),
    empty: await queue("empty"),
    keyed: await queue("keyed", { waiting: { choices: keyed } }),
  };
  const box = await manager.ask("POST", "/voicemail/boxes", { name: "Service", keeperIds: [ana.userId] });
  const said = Object.fromEntries(
    await Promise.all(
      Object.entries(tones).map(async ([name, hz]) => [
        name,
        await tonePrompt(bed, hz, name === "bye" || name === "ask" ? 1500 : 400),
      ]),
    ),
  ) as Record<keyof typeof tones, number>;
  bed.carrier.behave(busy, [{ do: "refuse", status: 486 }]);
  const publish = async (name: string, document: IvrDocument): Promise<number> => {
    const { id } = await manager.ask("POST", "/ivr/flows", { name, document });
    await manager.ask("POST", `/ivr/flows/${id}/publish`, {});
    return id;
  };
  const partId = await publish("Part", wirePart(said.hello));
  const document = wireFlow(
    {
      said,
      queues: ids,
      userId: ana.userId,
      boxId: box.id,
      busy,
      url: `http://${crm.host}`,
      databaseId: databases[0].id,
      partId,
    },
    Date.now(),
  );
  const id = await publish("Service", document);
  await manager.ask("PUT", "/inbound-routes", { items: [{ phone: did, target: { type: "flow", id } }] });
  return { bed, document, lines, speech, mail, queueIds: ids, ana };
}
