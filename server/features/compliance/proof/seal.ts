/**
 * Seals decisions a second after they are committed, many at once, so that the door itself waits for no chain. What
 * this guarantees: a decision that was sealed cannot be changed, taken out or put in without `verifyDecisions`
 * naming it, unless every later seal is made anew; whoever noted a later seal's hash elsewhere sees that too. So
 * the newest hash goes into the server's log each hour, and onto the officer's page. A decision of the last second
 * is protected by the database alone.
 */
import type { Clock, Timer } from "../../../kernel/clock.ts";
import type { Database } from "../../../kernel/db.ts";
import type { Log } from "../../../kernel/log.ts";
import { chainStart, rowHash, sealHash } from "./chain.ts";
import { insertSeal, lastSeal, readDecisions, takeSealLock, takeUnsealed } from "./queries.ts";

const everyMs = 1_000;
const perSeal = 1_000;
const tellEveryMs = 3_600_000;

/** Seals the next decisions; returns how many. 0 as well while another server seals. */
export function sealNext(database: Database, at: number): Promise<number> {
  return database.transact(async (tx) => {
    if (!(await takeSealLock(tx))) return 0;
    const taken = await takeUnsealed(tx, perSeal);
    if (taken.length === 0) return 0;
    const rows = await readDecisions(tx, taken);
    // One whose call was erased before it was sealed leaves nothing to protect.
    const ids = taken.filter((id) => rows.has(id));
    const hashes = Buffer.concat(ids.map((id) => rowHash(rows.get(id)!)));
    const previous = (await lastSeal(tx))?.hash ?? chainStart;
    const when = new Date(at);
    await insertSeal(tx, {
      at: when,
      decision_ids: ids,
      row_hashes: hashes,
      previous_hash: previous,
      hash: sealHash(previous, when, ids, hashes),
    });
    return taken.length;
  });
}

/** Seals each second what was decided; disposing waits for the one that runs. */
export function sealInBackground(parts: { database: Database; clock: Clock; log: Log }): AsyncDisposable {
  const { database, clock, log } = parts;
  let sealing = Promise.resolve();
  let timer: Timer;
  let isClosed = false;
  let toldAt = -Infinity;

  async function sealAll(): Promise<void> {
    for (let sealed = perSeal; sealed === perSeal;)
      sealed = isClosed ? 0 : await sealNext(database, clock.now());
    if (clock.now() - toldAt < tellEveryMs) return;
    toldAt = clock.now();
    const last = await lastSeal(database.db);
    if (last) log.info({ seal: last.id, hash: last.hash.toString("hex") }, "compliance: newest seal");
  }
  const run = () => {
    sealing = sealAll()
      .catch((error: unknown) => log.warn({ err: error }, "compliance: decisions not sealed"))
      .then(again);
  };
  const again = () => {
    if (!isClosed) timer = clock.after(everyMs, run);
  };
  again();
  return {
    async [Symbol.asyncDispose]() {
      isClosed = true;
      timer.cancel();
      await sealing;
    },
  };
}
