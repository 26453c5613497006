import assert from "node:assert/strict";
import { test } from "node:test";
import { testHttp } from "../../../test/kit/http.ts";
import { silentLog } from "../../kernel/log.ts";
import { createAgentDays, createAgentRegistry } from "./index.ts";

const minute = 60_000;

test("the day of an agent: what the history says, then each step, and nothing of it after midnight", async () => {
  await using http = await testHttp(() => undefined);
  const { database, clock, events } = http;
  const { userId } = await http.as("agent");
  // Midnight in Shanghai was 16:00 UTC; the talk before it reaches ten minutes into the day.
  const line = (at: string, state: string) =>
    database.pool.query("insert into agent_events (user_id, at, state, cause) values ($1, $2, $3, '')", [
      userId,
      at,
      state,
    ]);
  await line("2026-01-04T15:00:00Z", "ready");
  await line("2026-01-04T15:50:00Z", "talking");
  await line("2026-01-04T16:10:00Z", "wrap-up");
  await line("2026-01-04T16:12:00Z", "ready");
  await line("2026-01-04T17:00:00Z", "talking");
  await line("2026-01-04T17:05:00Z", "paused");
  await line("2026-01-04T17:08:00Z", "signed-out");
  await using agents = createAgentRegistry({ database, clock, events, log: silentLog });
  using days = createAgentDays({ database, clock, events, log: silentLog });
  await days.start();
  const morning = {
    talks: 1,
    talkMs: 15 * minute,
    wrapUpMs: 2 * minute,
    readyMs: 48 * minute,
    pausedMs: 3 * minute,
  };
  const { asOf: _, ...soFar } = days.of(userId);
  assert.deepEqual(soFar, morning);

  agents.signIn({ userId, name: "ana", sipUser: "", endpoint: "phone", deskId: "", campaignIds: [] });
  agents.feed(userId, { type: "leg-up" });
  clock.advance(4 * minute);
  agents.feed(userId, { type: "ready" });
  clock.advance(minute);
  agents.feed(userId, { type: "assign", callId: "c" });
  const talking = { ...morning, talks: 2, pausedMs: 7 * minute, readyMs: 49 * minute };
  assert.deepEqual(days.of(userId), { asOf: "2026-01-05T10:05:00.000Z", ...talking });

  const told: number[] = [];
  events.on("agent.day-began", ({ at }) => void told.push(at));
  clock.advance(6 * 60 * minute);
  assert.deepEqual(told, [Date.UTC(2026, 0, 5, 16)]);
  const nothing = { talks: 0, talkMs: 0, wrapUpMs: 0, readyMs: 0, pausedMs: 0 };
  assert.deepEqual(days.of(userId), { asOf: "2026-01-05T16:00:00.000Z", ...nothing });
  agents.feed(userId, { type: "call-ended", callId: "c", wrapUp: true });
  assert.equal(days.of(userId).talkMs, 5 * minute);
});
