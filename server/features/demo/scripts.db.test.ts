import assert from "node:assert/strict";
import { test } from "node:test";
import { testDatabase } from "../../../test/kit/database.ts";
import { scriptsInForce } from "../scripts/index.ts";
import { seedScripts } from "./scripts.ts";

test("the demonstration's scripts have no fault: all four are in force", async () => {
  await using database = await testDatabase();
  const made = await database.transact((tx) => seedScripts(tx, null, new Date(0)));
  const all = await database.db.selectFrom("scripts").select("id").execute();
  const inForce = await scriptsInForce(
    database.db,
    all.map(({ id }) => id),
  );
  assert.equal(inForce.size, 4);
  assert.equal(inForce.get(made.questionnaire)!.kind, "questionnaire");
});
