import assert from "node:assert/strict";
import { test } from "node:test";
import { recordAudit, systemActor } from "../server/features/audit/index.ts";
import { sealNext } from "../server/features/compliance/proof/seal.ts";
import { testDatabase } from "../test/kit/database.ts";
import { verifyChains } from "./verify-chain.ts";

test("the command walks all seals in steps, and names the first decision and the first entry that were changed", async () => {
  await using database = await testDatabase();
  const at = new Date();
  await database.pool.query(
    `with call as (
       insert into calls (id, direction, origin, state, phone, planned_at)
       values ('c1', 'outbound', 'manual', 'closed', '+8613800138000', now()) returning id)
     insert into decisions (call_id, at, allowed, reasons, facts, rules_version)
     select id, now(), true, '[]', '{}', '2026.2' from call, generate_series(1, 2100)`,
  );
  while ((await sealNext(database, at.getTime())) > 0);
  for (const nounId of [1, 2])
    await database.transact((tx) =>
      recordAudit(tx, { actor: systemActor, at, action: "thing.done", noun: "thing", nounId }),
    );
  const look = async () => {
    const lines: string[] = [];
    const isWhole = await verifyChains(database, (line) => lines.push(line), 1);
    return { isWhole, text: lines.join("\n") };
  };
  const whole = await look();
  assert.equal(whole.isWhole, true, whole.text);
  assert.match(
    whole.text,
    /1000 of 2100 …\n.*2000 of 2100 …\n.*2100 of 2100 …\n.*2100 are as they were sealed/,
  );
  assert.match(whole.text, /newest seal: [0-9a-f]{64}\naudit log: 2 entries/);

  await database.pool.query(
    `set session_replication_role = replica;
     update decisions set allowed = false where id = 1500; delete from decisions where id = 1700;
     update audit_log set actor = 'nobody' where id = 2; reset session_replication_role`,
  );
  const broken = await look();
  assert.equal(broken.isWhole, false);
  assert.match(broken.text, /BROKEN: decision 1500, in seal 2, of call c1, was changed after it was sealed/);
  assert.match(broken.text, /BROKEN: entry 2 of the audit log/);
});
