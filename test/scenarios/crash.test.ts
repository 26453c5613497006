import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { parseWav } from "../../server/media/wav.ts";
import { callBed } from "../kit/call-bed.ts";
import { brokenInvariants, callsTo } from "../kit/story.ts";
import { until } from "../kit/until.ts";

const phones = Array.from({ length: 30 }, (_, i) => `+861380014${String(1000 + i)}`);

test("kill -9 in the middle of a campaign: after the start nothing is stuck and every attempt is accounted for", async () => {
  await using bed = await callBed({ ownProcess: true });
  const agents = [await bed.agent("ana"), await bed.agent("ben")];
  const campaign = await bed.seed.campaign({ phones, agents, mode: "ratio", ratio: 3 });
  for (const [i, phone] of phones.entries())
    bed.carrier.behave(
      phone,
      i % 3 === 2
        ? [{ do: "ring" }, { do: "stay" }]
        : [
            { do: "ring" },
            { do: "wait", ms: 100 },
            { do: "answer" },
            { do: "talk", sound: { tonesHz: [1900] }, ms: 60_000 },
          ],
    );
  for (const agent of agents) await agent.work(campaign.id);
  await campaign.command("start");
  for (const agent of agents) await agent.until("talking");
  const [talk] = await until("a recording runs", async () => {
    const rows = await bed.database.db
      .selectFrom("recordings")
      .selectAll()
      .where("state", "=", "recording")
      .execute();
    return rows.length > 0 && rows;
  });
  const path = join(bed.dataDir, "recordings", talk!.path);
  await until(
    "a second of it is on the disk",
    async () => (await stat(path).catch(() => ({ size: 0 }))).size > 33_000,
  );
  const dialled = bed.carrier.counts.offered;
  await bed.crash();

  assert.deepEqual(await brokenInvariants(bed.database), []);
  const calls = await bed.database.db.selectFrom("calls").selectAll().execute();
  assert.ok(calls.length >= dialled, "every call that reached the carrier has its row");
  for (const call of calls)
    assert.ok(call.cause !== null || call.outcome === "refused", `${call.id} has a cause`);
  const talked = calls.filter((call) => call.connected_at);
  assert.ok(talked.length >= 2);
  for (const call of talked) assert.equal(call.outcome, "connected");
  assert.equal((await bed.database.db.selectFrom("agents").selectAll().execute()).length, 0);
  const recorded = await bed.database.db
    .selectFrom("recordings")
    .selectAll()
    .where("id", "=", talk!.id)
    .executeTakeFirst();
  assert.equal(recorded?.state, "recovered");
  assert.ok((recorded?.duration_ms ?? 0) > 500);
  const info = parseWav(await readFile(path));
  assert.equal(info.channels, 2);
  const [again] = await callsTo(bed.database, phones[2]!);
  if (again) assert.equal(again.outcome, "crashed");
});
