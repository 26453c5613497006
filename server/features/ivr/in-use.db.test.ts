import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { queueInput } from "../../../shared/queues.ts";
import { weekOf, workdays } from "../../../shared/week.ts";
import type { Use } from "../../../shared/uses.ts";
import { testHttp } from "../../../test/kit/http.ts";
import { block, flow } from "../../../test/kit/ivr-flows.ts";
import { calendarRoutes } from "../calendars/index.ts";
import { campaignRoutes } from "../campaigns/index.ts";
import { greetingRuleRoutes } from "../greetings/index.ts";
import { numberRoutes } from "../numbers/index.ts";
import { queueRoutes } from "../queues/index.ts";
import { promptRoutes, soundRoutes } from "../sounds/index.ts";
import { surveyRoutes } from "../surveys/index.ts";
import { voicemailRoutes } from "../voicemail/index.ts";
import { ivrRoutes } from "./routes.ts";

async function office() {
  const http = await testHttp((app, parts) => {
    const silent = {
      refresh: async () => undefined,
      changed: () => undefined,
      remove: async () => undefined,
    };
    const mailboxes = { ...silent, removeGreeting: async () => undefined } as never;
    promptRoutes(app, { ...parts, sounds: silent } as never);
    soundRoutes(app, { ...parts, sounds: silent } as never);
    voicemailRoutes(app, { ...parts, mailboxes } as never);
    calendarRoutes(app, parts);
    campaignRoutes(app, parts);
    greetingRuleRoutes(app, parts);
    numberRoutes(app, parts);
    queueRoutes(app, parts);
    surveyRoutes(app, parts);
    ivrRoutes(app, { ...parts, ivr: silent });
  });
  const admin = await http.as("administrator");
  const done = async (answer: ReturnType<typeof admin.get>) => {
    const { status, body } = await answer;
    assert.ok(status < 300, JSON.stringify(body));
    return body as { id: number; revision: number };
  };
  return Object.assign(http, {
    admin,
    make: async (path: string, body: object) => (await done(admin.post(`/api/v1/${path}`, body))).id,
    put: (path: string, body: object) => done(admin.put(`/api/v1/${path}`, body)),
  });
}

test("what is used elsewhere is not deleted, and who uses it is named; what nobody uses goes", async () => {
  await using http = await office();
  const { admin, make, put } = http;
  const { db } = http.database;
  const { rows } = await sql<{
    id: number;
  }>`insert into sounds (name, duration_ms, bytes) values ('Jingle', 1, 1)
    returning id`.execute(db);
  const sound = rows[0]!.id;
  const prompt = await make("prompts", {
    name: "Welcome",
    language: "en",
    parts: [{ kind: "sound", soundId: sound }],
  });
  const calendar = await make("calendars", { name: "Holidays", days: [] });
  const template = (await admin.get("/api/v1/campaigns/template")).body;
  const campaign = await make("campaigns", { ...template, name: "Renewals", mode: "preview" });
  const queue = await make("queues", queueInput.parse({ name: "Line" }));
  const box = await make("voicemail/boxes", { name: "Sales", keeperIds: [] });
  const hours = weekOf(workdays, ["09:00", "18:00"]);
  const document = flow(
    block("prompt", "welcome", { next: "days" }, { speech: { promptId: prompt } }),
    block("hours", "days", { open: "line", closed: "bye", holiday: "bye" }, { calendarId: calendar, hours }),
    block("queue", "line", { timeout: "bye" }, { queueId: queue }),
    block("voicemail", "bye", {}, { boxId: box }),
  );
  const service = await make("ivr/flows", { name: "Service", document });
  const waits = queueInput.parse({
    name: "Overflow",
    campaignId: campaign,
    overflow: { type: "queue", queueId: queue },
    waiting: {
      musicSoundId: sound,
      promptIds: [prompt],
      choices: [{ key: "1", act: { type: "queue", queueId: queue } }],
    },
  });
  const other = await make("queues", waits);
  const asks = { name: "Satisfied?", language: "en", questions: [{ text: "Well?", promptId: prompt }] };
  const uses = [
    { queueId: queue, when: "after" },
    { campaignId: campaign, when: "agent" },
  ];
  const survey = await make("surveys", { ...asks, uses });
  const greets = { name: "VIPs", where: ["queue"], says: { promptId: prompt } };
  await put("greetings", { rules: [greets] });
  await sql`insert into settings (key, value) values ('abandonPromptId', ${prompt}::text::jsonb),
    ('holdSoundIds', jsonb_build_array(${sound}::int))`.execute(db);
  await sql`insert into campaign_prompts values (${campaign}, ${prompt})`.execute(db);
  await sql`insert into wallboards (name, widgets, updated_at) values ('Wall', ${JSON.stringify([
    { type: "queues", queueIds: [queue] },
  ])}::jsonb, now())`.execute(db);
  const time = { type: "closed", hours, calendarId: calendar };
  const phones = ["queue", "flow", "box", "announcement"].map((type, n) => ({
    phone: `+867551234000${n}`,
    rules:
      type === "queue"
        ? [{ name: "closed", when: { time }, target: { type: "announcement", id: prompt } }]
        : [],
    target: { type, id: { queue, flow: service, box, announcement: prompt }[type] },
  }));
  await put("inbound-routes", { items: phones });

  const used: Record<string, string[]> = {
    [`prompts/${prompt}`]: [
      "campaign-message Renewals",
      "flow-draft Service welcome",
      "greeting VIPs",
      "number +8675512340000 closed",
      "number +8675512340003",
      "queue-waiting Overflow",
      "settings abandonPromptId",
      "survey Satisfied?",
    ],
    [`sounds/${sound}`]: ["prompt Welcome", "queue-waiting Overflow", "settings holdSoundIds"],
    [`queues/${queue}`]: [
      "flow-draft Service line",
      "number +8675512340000",
      "queue-overflow Overflow",
      "queue-waiting Overflow",
      "survey Satisfied?",
      "wallboard Wall",
    ],
    [`ivr/flows/${service}`]: ["number +8675512340001"],
    [`surveys/${survey}`]: ["campaign Renewals", "queue Line"],
    [`voicemail/boxes/${box}`]: ["flow-draft Service bye", "number +8675512340002"],
    [`calendars/${calendar}`]: ["flow-draft Service days", "number +8675512340000 closed"],
    [`campaigns/${campaign}`]: ["queue Overflow", "survey Satisfied?"],
  };
  const refused = async (path: string) => {
    const { status, body } = await admin.delete(`/api/v1/${path}`);
    assert.deepEqual([path, status, body.error?.code], [path, 409, "in-use"]);
    return (body.error.detail.uses as Use[])
      .map(({ kind, name, place }) => `${kind} ${name} ${place}`.trim())
      .toSorted();
  };
  for (const [path, wanted] of Object.entries(used)) assert.deepEqual(await refused(path), wanted, path);

  // What callers walk counts, too, when the draft has left it; parts of a flow count as well.
  await put(`inbound-routes`, { items: [] });
  await make(`ivr/flows/${service}/publish`, {});
  const empty = flow(block("hang-up", "end", {}));
  await put(`ivr/flows/${service}`, { name: "Service", document: empty, revision: 1 });
  assert.deepEqual(await refused(`voicemail/boxes/${box}`), ["flow Service bye"]);
  const part = flow(
    block("sub-flow", "part", { next: "end", failed: "end" }, { flowId: service }),
    block("hang-up", "end", {}),
  );
  const whole = await make("ivr/flows", { name: "Whole", document: part });
  assert.deepEqual(await refused(`ivr/flows/${service}`), ["flow-draft Whole part"]);

  await put("greetings", { rules: [] });
  await put(`surveys/${survey}`, { ...asks, uses: [] });
  await sql`delete from settings`.execute(db);
  await sql`delete from wallboards`.execute(db);
  const inOrder = [`ivr/flows/${whole}`, `ivr/flows/${service}`, `queues/${other}`, `queues/${queue}`];
  const rest = ["surveys", "campaigns", "voicemail", "calendars", "prompts", "sounds"].map((start) =>
    Object.keys(used).find((path) => path.startsWith(start)),
  );
  for (const path of [...inOrder, ...rest]) {
    const { status, body } = await admin.delete(`/api/v1/${path}`);
    assert.equal(status, 204, `${path} ${JSON.stringify(body)}`);
  }
});
