/**
 * The compliance gate: decisions for 50 candidates at once, stored as the door stores them, with a million calls in
 * the history of 200,000 numbers, a register of ten million numbers and every pack in force; then that register's
 * load, and the seals over the decisions with their verification. PostgreSQL is the embedded one, durable as in the product.
 */
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decideCalls, insertDecisions } from "../server/features/compliance/index.ts";
import { sealNext } from "../server/features/compliance/proof/seal.ts";
import { verifyDecisions } from "../server/features/compliance/proof/verify.ts";
import { findRegister, insertRegister } from "../server/features/compliance/registers/queries.ts";
import { openRegisters } from "../server/features/compliance/registers/registers.ts";
import { systemClock } from "../server/kernel/clock.ts";
import { openDatabase } from "../server/kernel/db.ts";
import { newId } from "../server/kernel/ids.ts";
import { silentLog } from "../server/kernel/log.ts";
import { startEmbeddedPostgres } from "../server/kernel/postgres/embedded.ts";
import { prepareDatabase } from "../server/kernel/prepare-database.ts";
import { registerInput } from "../shared/registers.ts";
import { flags, percentile, report } from "./lib.ts";

const { calls, numbers, listed, rounds, batch } = flags({
  calls: 1_000_000,
  numbers: 200_000,
  listed: 10_000_000,
  rounds: 200,
  batch: 50,
});
const dir = mkdtempSync(join(tmpdir(), "bench-gate-"));
const noon = Date.UTC(2026, 10, 20, 4);
const phoneOf = (n: number) => `+86${13_000_000_000 + n}`;

try {
  await using postgres = await startEmbeddedPostgres(join(dir, "postgres"));
  await using database = openDatabase(postgres.url);
  await prepareDatabase(database.pool);
  await database.pool.query("insert into settings (key, value) values ('rulePack', '\"by-number\"')");
  await database.pool.query(
    `insert into calls (id, direction, origin, state, phone, planned_at, dialled_at, ended_at)
     select 'old-' || n, 'outbound', 'ratio', 'closed', '+86' || (13000000000 + n::bigint * 7919 % $2),
       t, t, t + interval '1 minute'
     from generate_series(1, $1::integer) n, lateral (select to_timestamp($3) - n * interval '2.5 seconds' as t) as at`,
    [calls, numbers, noon / 1000],
  );
  await database.pool.query("vacuum analyze calls");

  const path = join(dir, "numbers.txt");
  const file = createWriteStream(path);
  for (let n = 0; n < listed; n += 10_000) {
    const lines = Array.from(
      { length: Math.min(10_000, listed - n) },
      (_, i) => 15_000_000_000 + (n + i) * 97,
    );
    if (!file.write(`${lines.map((line) => `+86${line}`).join("\n")}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  await using registers = await openRegisters({ database, clock: systemClock, log: silentLog, dataDir: dir });
  const id = await database.transact((tx) =>
    insertRegister(tx, registerInput.parse({ name: "ten million", kind: "file" }), null),
  );
  const loadBegun = performance.now();
  await registers.load(id, { path, fileName: "numbers.txt" });
  await registers.idle();
  const loadS = (performance.now() - loadBegun) / 1000;
  const register = (await findRegister(database.db, id))!;
  if (register.numbers !== listed) throw new Error(`loaded ${register.numbers} of ${listed}`);

  const decideMs: number[] = [];
  const storeMs: number[] = [];
  let refused = 0;
  for (let round = 0; round < rounds; round++)
    await database.transact(async (tx) => {
      const candidates = Array.from({ length: batch }, (_, i) => ({
        callId: newId(),
        origin: "ratio" as const,
        phone: phoneOf(((round * batch + i) * 7919) % numbers),
        timeZone: "Asia/Shanghai",
        campaignId: null,
        leadId: null,
        customerId: null,
        agentGuaranteed: false,
        leadAttempts: 0,
        rules: null,
      }));
      const begun = performance.now();
      const rows = await decideCalls(tx, candidates, noon + round * 1000);
      decideMs.push(performance.now() - begun);
      refused += rows.filter((row) => !row.decision.allowed).length;
      await tx
        .insertInto("calls")
        .values(
          rows.map(
            ({ callId, facts }) =>
              ({
                id: callId,
                direction: "outbound",
                origin: "ratio",
                state: "closed",
                phone: facts.phone,
                planned_at: new Date(facts.at),
              }) as never,
          ),
        )
        .execute();
      const stored = performance.now();
      await insertDecisions(tx, rows);
      storeMs.push(performance.now() - stored);
    });

  const sealBegun = performance.now();
  let sealed = 0;
  for (let n = -1; n !== 0; sealed += n) n = await sealNext(database, noon);
  const sealMs = performance.now() - sealBegun;
  const verifyBegun = performance.now();
  const { broken, verified } = await verifyDecisions(database.db);
  if (broken) throw new Error(`broken: ${JSON.stringify(broken)}`);
  const warm = decideMs.slice(20);
  report("gate", {
    decideP50Ms: percentile(warm, 0.5),
    decideP99Ms: percentile(warm, 0.99),
    storeP50Ms: percentile(storeMs, 0.5),
    refused,
    loadS,
    loadedPerS: listed / loadS,
    sealedPerS: (sealed / sealMs) * 1000,
    verifiedPerS: (verified / (performance.now() - verifyBegun)) * 1000,
  });
} finally {
  rmSync(dir, { recursive: true, force: true });
}
