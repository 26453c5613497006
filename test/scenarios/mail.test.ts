import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createOutbox,
  insertMail,
  mailRoutes,
  type Outbox,
  outboxState,
} from "../../server/features/mail/index.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { testHttp } from "../kit/http.ts";
import { mailServer, mailUser } from "../kit/mail-server.ts";
import { until } from "../kit/until.ts";

const hour = 3_600_000;

const soundOf = (id: string) =>
  id === "there" ? Promise.resolve(Buffer.from("RIFF…")) : Promise.reject(new Error("gone"));

async function bed() {
  const outboxes: Outbox[] = [];
  const http = await testHttp((app, parts) => {
    const outbox = createOutbox({ ...parts, soundOf, log: silentLog });
    outboxes.push(outbox);
    mailRoutes(app, { ...parts, outbox });
  });
  const admin = await http.as("administrator");
  const outbox = outboxes[0]!;
  const write = (recipient: string, recordingId?: string) =>
    http.database.transact((tx) =>
      insertMail(tx, {
        recipient,
        subject: "语音留言：王芳",
        body: "时长：3 秒\n",
        attachment: recordingId === undefined ? null : { recordingId, name: "message.wav" },
        at: new Date(http.clock.now()),
      }),
    );
  // Of the database: a session does not last as long as mail waits.
  const state = () => outboxState(http.database.db, new Date(http.clock.now() - 7 * 24 * hour));
  return {
    http,
    admin,
    outbox,
    write,
    state,
    async [Symbol.asyncDispose]() {
      await outbox[Symbol.asyncDispose]();
      await http[Symbol.asyncDispose]();
    },
  };
}

const config = (port: number, change: object = {}) => ({
  host: "127.0.0.1",
  port,
  security: "none",
  user: mailUser.user,
  from: "calls@example.com",
  fromName: "外呼",
  ...change,
});

test("mail waits while there is no server, through a day without one, and goes once when it is back", async () => {
  await using office = await bed();
  const { http, admin, write, state, outbox } = office;
  await write("ana@example.com", "there");
  await write("ben@example.com", "lost");
  outbox.start();
  assert.equal((await state()).waiting, 2);
  const gone = await mailServer();
  const { port } = gone;
  await gone[Symbol.asyncDispose]();
  const { body } = await admin.put("/api/v1/mail", config(port, { password: mailUser.password }));
  assert.deepEqual([body.hasPassword, "password" in body], [true, false]);
  await until("the first try has failed", async () => (await state()).lastError !== null);
  for (let tries = 0; tries < 24; tries++) http.clock.advance(hour);
  assert.deepEqual([(await state()).waiting, (await state()).givenUp], [2, 0]);

  await using server = await mailServer(port);
  let looks = 0;
  await until("both went", async () => {
    // Not so often that a week is over.
    if (looks++ < 200) http.clock.advance(hour / 4);
    return (await state()).waiting === 0;
  });
  const [ana, ben] = [await server.mailTo("ana@example.com"), await server.mailTo("ben@example.com")];
  assert.deepEqual(
    [ana.from, ana.subject, ana.text.trim()],
    ["calls@example.com", "语音留言：王芳", "时长：3 秒"],
  );
  assert.deepEqual(
    ana.attachments.map(({ name, type, content }) => [name, type, content.toString()]),
    [["message.wav", "audio/wav", "RIFF…"]],
  );
  assert.deepEqual(
    [ben.text.trim(), ben.attachments],
    ["时长：3 秒", []],
    "the words go without the lost sound",
  );
  assert.notEqual(ana.messageId, ben.messageId);
  assert.equal(server.taken.length, 2);
});

test("an address that is refused is given up, one that is not taken now is tried again, a wrong password keeps all", async () => {
  await using office = await bed();
  const { http, admin, write, state } = office;
  await using server = await mailServer();
  server.refuses.set("nobody@example.com", 550).set("slow@example.com", 451);
  for (const name of ["nobody", "slow", "ana"]) await write(`${name}@example.com`);
  await admin.put("/api/v1/mail", config(server.port, { password: "wrong" }));
  await until("the password was refused", async () => (await state()).lastError !== null);
  assert.deepEqual([(await state()).waiting, server.taken.length], [3, 0]);
  const { rows } = await http.database.pool.query(
    "select detail::text from audit_log where action = 'mail.changed'",
  );
  assert.ok(!JSON.stringify(rows).includes("wrong"));

  await admin.put("/api/v1/mail", config(server.port, { password: mailUser.password }));
  await server.mailTo("ana@example.com");
  await until("one waits", async () => (await state()).waiting === 1);
  assert.equal((await state()).givenUp, 1);
  server.refuses.delete("slow@example.com");
  http.clock.advance(hour);
  await server.mailTo("slow@example.com");
  await until("nothing waits", async () => (await state()).waiting === 0);
});

test("a configuration is tried before it is saved, and what is wrong is told", async () => {
  await using office = await bed();
  const { admin } = office;
  await using server = await mailServer();
  const right = { ...config(server.port, { password: mailUser.password }), to: "root@example.com" };
  const refusal = async (change: object) =>
    (await admin.post("/api/v1/mail/test", { ...right, ...change })).body.error.code;
  assert.equal(await refusal({ password: "wrong" }), "mail-failed");
  assert.equal(await refusal({ security: "starttls" }), "mail-failed", "encryption is demanded");
  assert.equal(await refusal({ from: "" }), "mail-sender-missing");
  assert.equal((await admin.post("/api/v1/mail/test", right)).status, 204);
  assert.equal((await server.mailTo("root@example.com")).from, "calls@example.com");
  assert.equal((await (await office.http.as("manager")).get("/api/v1/mail")).status, 403);
});
