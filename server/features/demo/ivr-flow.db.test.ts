import assert from "node:assert/strict";
import { test } from "node:test";
import { queueInput } from "../../../shared/queues.ts";
import { testDatabase } from "../../../test/kit/database.ts";
import { ensureDatabase, flowsInForce } from "../ivr/index.ts";
import { insertQueue } from "../queues/index.ts";
import { seedFlow } from "./ivr-flow.ts";
import { seedPeople } from "./people.ts";

test("the demonstration's flow has no fault: it is in force", async () => {
  await using database = await testDatabase();
  const at = new Date(0);
  const flowId = await database.transact(async (tx) => {
    const databaseId = await ensureDatabase(tx, { name: "Policies", url: "postgres://127.0.0.1:1/" });
    const people = await seedPeople(tx, at);
    const queueId = await insertQueue(tx, queueInput.parse({ name: "Line" }));
    return seedFlow(tx, { queueId, keeperId: people["agent1"]!, databaseId, userId: null }, at);
  });
  assert.deepEqual(
    (await flowsInForce(database.db)).map((flow) => flow.flowId),
    [flowId],
  );
});
