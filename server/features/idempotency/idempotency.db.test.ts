import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { testHttp } from "../../../test/kit/http.ts";
import { AppError } from "../../kernel/errors.ts";

async function shop() {
  const acts: string[] = [];
  let hold: Promise<void> | undefined;
  const http = await testHttp((app) => {
    app.post(
      "/api/v1/orders",
      {
        config: { allow: "signed-in", idempotent: true },
        schema: { body: z.object({ item: z.string() }), response: { 201: z.object({ number: z.number() }) } },
      },
      async (request, reply) => {
        const { item } = request.body;
        acts.push(item);
        await hold;
        if (item === "broken") throw new Error("no");
        if (item === "none") throw new AppError("sold-out", 409, "None left.");
        return reply.code(201).send({ number: acts.length });
      },
    );
  });
  const clients = [await http.as("agent"), await http.as("agent")];
  const send = (item: string, key: string, client = clients[0]!) =>
    client.send("POST", "/api/v1/orders", { item }, { "idempotency-key": key });
  return { http, acts, send, clients, until: (promise: Promise<void>) => void (hold = promise) };
}

test("the same request with the same key is carried out once and answered alike", async () => {
  const { http, acts, send, clients } = await shop();
  await using _http = http;
  const first = await send("pen", "key-00000001");
  const again = await send("pen", "key-00000001");
  assert.deepEqual([first.status, first.body], [201, { number: 1 }]);
  assert.deepEqual([again.status, again.body], [201, { number: 1 }]);
  assert.deepEqual(
    [first.headers["idempotency-replayed"], again.headers["idempotency-replayed"]],
    [undefined, "true"],
  );
  assert.match(String(again.headers["content-type"]), /application\/json/);
  const refused = [await send("none", "key-00000002"), await send("none", "key-00000002")];
  assert.deepEqual(
    refused.map(({ status, body }) => [status, body.error.code]),
    [
      [409, "sold-out"],
      [409, "sold-out"],
    ],
  );
  assert.equal((await send("ink", "key-00000001")).body.error.code, "idempotency-key-reused");
  assert.deepEqual(
    (await send("ink", "key-00000001", clients[1])).body,
    { number: 3 },
    "keys are each person's own",
  );
  assert.equal((await send("ink", "short")).body.error.code, "idempotency-key-invalid");
  assert.deepEqual(acts, ["pen", "none", "ink"]);
});

test("a failure is not kept; a request that is still going on is not begun again, and one that was lost is", async () => {
  const { http, acts, send, until } = await shop();
  await using _http = http;
  assert.equal((await send("broken", "key-00000003")).status, 500);
  assert.equal((await send("broken", "key-00000003")).status, 500);
  assert.equal(acts.length, 2, "tried again");
  const { promise, resolve } = Promise.withResolvers<void>();
  until(promise);
  const slow = send("pen", "key-00000004");
  while (acts.length < 3) await new Promise((next) => setImmediate(next));
  assert.equal((await send("pen", "key-00000004")).body.error.code, "idempotency-in-progress");
  resolve();
  assert.equal((await slow).status, 201);
  await http.database.pool.query(
    "update idempotency_keys set status = null, body = null where key = 'key-00000004'",
  );
  assert.equal((await send("pen", "key-00000004")).body.error.code, "idempotency-in-progress");
  http.clock.advance(61_000);
  assert.deepEqual((await send("pen", "key-00000004")).body, { number: 4 });
});
