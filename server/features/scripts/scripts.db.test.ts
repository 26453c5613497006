import assert from "node:assert/strict";
import { test } from "node:test";
import { testHttp } from "../../../test/kit/http.ts";
import { newWalk, walkStep, type WalkEvent } from "../../../shared/script-machine.ts";
import { scriptDocument, type ScriptVersion } from "../../../shared/scripts.ts";
import { newId } from "../../kernel/ids.ts";
import { findVersion, scriptOfCall, scriptRoutes, saveWalk, walkOf } from "./index.ts";

const document = (words: string) =>
  scriptDocument.parse({
    start: "ask",
    pages: [
      {
        id: "ask",
        title: "Ask",
        text: words,
        questions: [
          { key: "score", type: "scale", label: "How was it?", required: true, min: 1, max: 5 },
          {
            key: "why",
            type: "multiple",
            label: "Why?",
            options: [
              { key: "price", label: "Price" },
              { key: "speed", label: "Speed" },
            ],
          },
        ],
        jumps: [{ when: { tests: [{ key: "score", op: "at-most", value: "2" }] }, to: "sorry" }],
        next: "thanks",
      },
      { id: "sorry", title: "Sorry", questions: [{ key: "say", type: "text", label: "?" }], next: "thanks" },
      { id: "thanks", title: "Thanks", end: {} },
    ],
  });

function walked(version: ScriptVersion, ...events: WalkEvent[]) {
  let walk = newWalk(version.document);
  for (const event of events) {
    const step = walkStep(version.document, walk, event);
    assert.ok("walk" in step, JSON.stringify(step));
    walk = step.walk;
  }
  return walk;
}
const answer = (key: string, value: unknown): WalkEvent => ({ type: "answer", key, value });

test("a script is drafted, published, changed, published again and rolled back; what was published never changes", async () => {
  await using http = await testHttp((app, parts) => scriptRoutes(app, parts));
  const [manager, supervisor] = [await http.as("manager"), await http.as("supervisor")];
  const broken = { ...document("v1"), start: "gone" };
  const made = await manager.post("/api/v1/scripts", {
    name: "Visit",
    kind: "questionnaire",
    document: broken,
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const path = `/api/v1/scripts/${made.body.id}`;
  assert.equal(made.body.problems[0].problem, "start-missing");
  const refused = await manager.post(`${path}/publish`, {});
  assert.deepEqual([refused.status, refused.body.error.code], [422, "script-incomplete"]);
  assert.ok(refused.body.error.detail.problems.length > 0);
  assert.equal((await supervisor.post(`${path}/publish`, {})).status, 403);

  const saved = await manager.put(path, { name: "Visit", document: document("v1"), revision: 1 });
  assert.deepEqual([saved.status, saved.body.revision, saved.body.problems], [200, 2, []]);
  const late = await manager.put(path, { name: "Visit", document: document("other"), revision: 1 });
  assert.equal(late.body.error.code, "script-changed-elsewhere");
  const first = (await manager.post(`${path}/publish`, { note: "first" })).body;
  assert.deepEqual([first.version.number, first.hasChanges, first.versions[0].note], [1, false, "first"]);
  const changed = (await manager.put(path, { name: "Visit", document: document("v2"), revision: 2 })).body;
  assert.equal(changed.hasChanges, true);
  const second = (await manager.post(`${path}/publish`, {})).body;
  assert.equal(second.version.number, 2);
  const back = (await manager.post(`/api/v1/script-versions/${first.version.id}/restore`)).body;
  assert.deepEqual([back.version.number, back.hasChanges, back.versions.length], [1, true, 2]);
  assert.equal(back.document.pages[0].text, "v2", "the draft stays");
  await assert.rejects(
    http.database.pool.query("update script_versions set document = '{}' where number = 1"),
    /never changes/,
  );

  const copy = await manager.post(`${path}/copy`, { name: "Visit" });
  assert.equal(copy.body.error.code, "script-name-taken");
  assert.equal((await manager.post(`${path}/copy`, { name: "Visit 2" })).status, 201);
  assert.equal((await supervisor.get("/api/v1/scripts?kind=questionnaire&search=visit")).body.total, 2);
  assert.equal((await manager.delete(path)).status, 204);
  assert.equal((await manager.get(path)).status, 404);
});

test("a walk is kept whole: what is sent again changes nothing, a left branch stays and does not count", async () => {
  await using http = await testHttp((app, parts) => scriptRoutes(app, parts));
  const manager = await http.as("manager");
  const body = { name: "Visit", kind: "questionnaire", document: document("v1") };
  const { id } = (await manager.post("/api/v1/scripts", body)).body;
  const published = (await manager.post(`/api/v1/scripts/${id}/publish`, {})).body;
  const { database } = http;
  const version = (await findVersion(database.db, published.version.id))!;
  const callId = newId();
  await database.pool.query(
    `insert into calls (id, direction, origin, state, phone, planned_at)
     values ($1, 'outbound', 'manual', 'talking', '+8613800138000', now())`,
    [callId],
  );
  const save = (walk: ReturnType<typeof walked>, at: number) =>
    database.transact((tx) =>
      saveWalk(tx, { callId, version, walk, userId: manager.userId, at: new Date(at) }),
    );
  const low = [answer("score", 2), answer("why", ["price", "speed"]), { type: "next" }] as WalkEvent[];
  const sorry = walked(version, ...low, answer("say", "slow"));
  await save(sorry, 1000);
  await save(sorry, 2000);
  assert.deepEqual(await walkOf(database.db, callId), sorry);
  const stored = (await scriptOfCall(database.db, callId))!;
  assert.deepEqual(
    stored.answers.map((one) => [one.question, Date.parse(one.at), one.onPath]),
    [
      ["say", 1000, true],
      ["score", 1000, true],
      ["why", 1000, true],
    ],
  );
  assert.equal(stored.complete, null);

  const better = walked(
    version,
    ...low,
    answer("say", "slow"),
    { type: "back" },
    answer("score", 5),
    answer("why", null),
    { type: "next" },
  );
  await save(better, 3000);
  const after = (await scriptOfCall(database.db, callId))!;
  assert.deepEqual(
    after.answers.map((one) => [one.question, one.value, Date.parse(one.at), one.onPath]),
    [
      ["say", "slow", 1000, false],
      ["score", 5, 3000, true],
    ],
  );
  assert.deepEqual([after.pageId, after.complete], ["thanks", true]);
  assert.equal((await manager.delete(`/api/v1/scripts/${id}`)).status, 204);
  assert.ok(await scriptOfCall(database.db, callId), "the call keeps what was asked on it");
});
