import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScriptWalk } from "../../shared/scripts.ts";
import { callBed } from "../kit/call-bed.ts";
import { survey } from "../kit/survey.ts";
import { until } from "../kit/until.ts";

test("a call walks the version it began with, keeps its answers, and each figure of the results opens its calls", async () => {
  await using bed = await callBed();
  const { manager } = bed;
  const ana = await bed.agent("ana");
  const bea = await bed.agent("bea");
  const made = await manager.ask("POST", "/scripts", {
    name: "survey",
    kind: "questionnaire",
    document: survey,
  });
  const { version } = await manager.ask("POST", `/scripts/${made.id}/publish`, {});
  const phones = ["+8613800138080", "+8613800138081"];
  for (const phone of phones)
    bed.carrier.behave(phone, [{ do: "answer" }, { do: "talk", sound: "talk-zh", ms: 60_000 }]);
  const campaign = await bed.seed.campaign({ phones, agents: [ana, bea], scriptId: made.id });
  await ana.work(campaign.id);
  await campaign.command("start");
  const talking = await ana.until("talking");
  const { callId } = talking.call!;
  assert.equal(talking.call!.script?.versionId, version.id);
  const walked = (walk: ScriptWalk) => ana.ask("PUT", "/desk/script", { callId, ...walk });
  const hello = { pageId: "hello", trail: [], answers: {} };
  await walked({ ...hello, answers: { time: "yes" } });

  // What is published now is for the calls that begin now.
  const changed = structuredClone(survey);
  changed.pages[0]!.text = "新版";
  await manager.ask("PUT", `/scripts/${made.id}`, {
    name: "survey",
    document: changed,
    revision: made.revision,
  });
  const second = await manager.ask("POST", `/scripts/${made.id}/publish`, {});
  assert.notEqual(second.version.id, version.id);
  const open = await ana.ask("GET", `/desk/script?callId=${callId}`);
  assert.equal(open.version.id, version.id);
  assert.deepEqual(open.walk, { ...hello, answers: { time: "yes" } });

  await assert.rejects(walked({ ...hello, answers: { nps: 11 } }), /script-walk-invalid/);
  await assert.rejects(walked({ ...hello, pageId: "gone" }), /script-walk-invalid/);
  await assert.rejects(bea.ask("GET", `/desk/script?callId=${callId}`), /404|not-found/);
  const thanks = { pageId: "thanks", trail: ["hello", "rate"], answers: { time: "yes", nps: 9, why: "快" } };
  await walked(thanks);
  await ana.command("hangup", {});
  // Late words, as a slow network brings them, still find their call.
  await ana.finish(campaign.dispositions.sold);
  await walked(thanks);

  const next = await until("the next call walks the second version", async () => {
    const { call } = await ana.state();
    return call?.callId !== callId && call?.state === "talking" && call;
  });
  assert.equal(next.script?.versionId, second.version.id);
  await ana.ask("PUT", "/desk/script", {
    callId: next.callId,
    pageId: "later",
    trail: ["hello"],
    answers: { time: "no" },
  });

  const results = await manager.ask("GET", `/scripts/${made.id}/results?campaignId=${campaign.id}`);
  assert.deepEqual([results.started, results.ended, results.complete], [2, 2, 1]);
  const [time, nps, why] = results.questions;
  assert.deepEqual(
    time.counts.map((one: { answer: string; calls: number }) => [one.answer, one.calls]),
    [
      ["yes", 1],
      ["no", 1],
    ],
  );
  assert.deepEqual([nps.answered, nps.mean, nps.nps.score], [1, 9, 100]);
  assert.deepEqual([why.texts[0].text, why.texts[0].callId], ["快", callId]);
  const calls = async (filter: string) => {
    const { items } = await manager.ask("GET", `/calls?scriptId=${made.id}&${filter}`);
    return items.map((call: { id: string }) => call.id);
  };
  assert.deepEqual(await calls("question=time&answer=no"), [next.callId]);
  assert.deepEqual(await calls("question=nps&answer=9"), [callId]);
  assert.deepEqual(await calls("scriptFigure=complete"), [callId]);
  assert.deepEqual(await calls(`scriptVersionId=${version.id}&question=why`), [callId]);
  const { script } = await manager.ask("GET", `/calls/${callId}`);
  assert.deepEqual([script.number, script.complete, script.answers.length], [1, true, 3]);
  const exported = await fetch(
    `${bed.server.url}/api/v1/scripts/${made.id}/results/export?format=csv&language=zh`,
    { headers: manager.headers },
  );
  const csv = await exported.text();
  assert.match(csv, /现在方便吗？.*您会推荐我们吗？/);
  assert.match(csv, /方便,9,快/);
});

test("a call handed on goes on where it stood: page, answers, form and note; who handed it on writes in it no more", async () => {
  await using bed = await callBed();
  const [ana, bea] = [await bed.agent("ana"), await bed.agent("bea")];
  const made = await bed.manager.ask("POST", "/scripts", {
    name: "survey",
    kind: "questionnaire",
    document: survey,
  });
  const { version } = await bed.manager.ask("POST", `/scripts/${made.id}/publish`, {});
  const phone = "+8613800138085";
  bed.carrier.behave(phone, [{ do: "answer" }, { do: "talk", sound: "talk-zh", ms: 60_000 }]);
  const campaign = await bed.seed.campaign({
    phones: [phone],
    agents: [ana, bea],
    scriptId: made.id,
    form: [{ key: "plan", label: "Plan", type: "text", required: false, options: [] }],
  });
  await ana.work(campaign.id);
  const there = bed.carrier.seeCall(phone);
  await campaign.command("start");
  const { callId } = (await ana.until("talking")).call!;
  await bea.work(campaign.id);
  const walk = { pageId: "rate", trail: ["hello"], answers: { time: "yes" } };
  await ana.ask("PUT", "/desk/script", { callId, ...walk });
  const draft = {
    dispositionId: null,
    form: { plan: "gold" },
    note: "wants a reason",
    callbackAt: null,
    callbackMine: true,
  };
  await ana.command("summary", { callId, ...draft, final: false });

  await ana.command("call/transfer", { target: { type: "agent", userId: bea.userId } });
  const { call } = await bea.until("talking");
  await ana.until("ready");
  assert.deepEqual([call?.callId, call?.role, call?.script?.versionId], [callId, "owner", version.id]);
  assert.deepEqual(call?.draft, draft);
  const open = await bea.ask("GET", `/desk/script?callId=${callId}`);
  assert.deepEqual([open.version.id, open.walk], [version.id, walk]);
  await assert.rejects(ana.ask("PUT", "/desk/script", { callId, ...walk, answers: {} }), /404|not-found/);
  await assert.rejects(
    ana.command("summary", { callId, ...draft, note: "late", final: false }),
    /404|not-found/,
  );

  const done = { pageId: "thanks", trail: ["hello", "rate"], answers: { time: "yes", nps: 9 } };
  await bea.ask("PUT", "/desk/script", { callId, ...done });
  (await there).hangup();
  await bea.finish(campaign.dispositions["sold"], draft.note);
  const { rows } = await bed.database.pool.query(
    `select a.question, a.answered_by, c.agent_user_id, c.note from script_answers a join calls c on c.id = a.call_id
     where c.id = $1 order by a.question`,
    [callId],
  );
  const both = { agent_user_id: bea.userId, note: draft.note };
  assert.deepEqual(rows, [
    { question: "nps", answered_by: bea.userId, ...both },
    { question: "time", answered_by: ana.userId, ...both },
  ]);
});
