import type { z } from "zod";
import {
  diaryCancel,
  diaryChange,
  diaryColleagues,
  diaryEntryInput,
  diaryHandOver,
  diaryHistory,
  diaryItem,
  type DiaryItem,
  diaryItems,
  diaryNext,
  diaryParam,
  diaryQuery,
  type DiarySnooze,
  diarySnooze,
} from "../../../shared/diary.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Db, Tx } from "../../kernel/db.ts";
import { notFound } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import { phoneFor, type Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { findCampaign } from "../campaigns/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import {
  type By,
  cancelItem,
  changeItem,
  createEntry,
  handOver,
  type Noun,
  snoozeItem,
} from "./change-diary.ts";
import { colleagues, historyOf } from "./history.ts";
import { openingAfter } from "./opening.ts";
import { diaryBetween, diaryItemOf, type DiaryScope, nextInDiary } from "./queries.ts";

const supervises = (principal: Principal) => principal.permissions.has("agents.supervise");

/** Own, and the team's callbacks; a supervisor's reaches as far as their data scope. */
async function reach(db: Db, principal: Principal): Promise<DiaryScope> {
  const { userId } = principal;
  const userIds = supervises(principal) ? await visibleUserIds(db, principal) : [userId];
  return { userId, userIds, teamOf: userId };
}

async function untilOf(db: Db, item: DiaryItem, { for: time }: DiarySnooze, now: number): Promise<Date> {
  if (time !== "opening") return new Date(now + time * 60_000);
  const campaign = item.campaign && (await findCampaign(db, item.campaign.id));
  const zone = campaign ? item.timeZone : null;
  return new Date(openingAfter(now, zone ?? (await readSettings(db)).timeZone, campaign?.hours ?? null));
}

const shown = (principal: Principal, item: DiaryItem): DiaryItem => ({
  ...item,
  phone: item.phone === null ? null : phoneFor(principal)(item.phone),
});

export function diaryRoutes(
  app: HttpApp,
  { database, clock, events }: { database: Database; clock: Clock; events: EventBus },
): void {
  const { db } = database;
  const config = { allow: ["desk.use", "agents.supervise"] as const };
  const tags = ["diary"];
  const byOf = async (principal: Principal): Promise<By> => ({
    scope: await reach(db, principal),
    supervises: supervises(principal),
    at: new Date(clock.now()),
  });
  const changed = (...userIds: (number | null | undefined)[]) =>
    events.publish("callbacks.changed", { userIds: userIds.flatMap((id) => id ?? []) });

  app.get(
    "/api/v1/diary",
    { config, schema: { tags, querystring: diaryQuery, response: { 200: diaryItems } } },
    async (request) => {
      const principal = principalOf(request);
      const { from, to, whose, userId } = request.query;
      const all = await reach(db, principal);
      const may = (id: number) => all.userIds === "all" || all.userIds.includes(id);
      const own: DiaryScope = { ...all, userIds: [principal.userId], teamOf: null };
      const scope =
        userId !== undefined && may(userId) ? { ...own, userIds: [userId] } : whose === "team" ? all : own;
      const range = { from: new Date(from), to: new Date(to), late: true };
      const items = await diaryBetween(db, range, scope, new Date(clock.now()));
      return { items: items.map((item) => shown(principal, item)) };
    },
  );
  app.get(
    "/api/v1/diary/next",
    { config, schema: { tags, response: { 200: diaryNext } } },
    async (request) => {
      const principal = principalOf(request);
      const scope = { userId: principal.userId, userIds: [principal.userId], teamOf: null };
      const item = await nextInDiary(db, scope, new Date(clock.now()));
      return { item: item && shown(principal, item) };
    },
  );
  app.get(
    "/api/v1/diary/colleagues",
    { config, schema: { tags, response: { 200: diaryColleagues } } },
    async (request) => {
      const principal = principalOf(request);
      return { items: await colleagues(db, { ...principal, all: supervises(principal) }) };
    },
  );
  app.post(
    "/api/v1/diary/entries",
    { config, schema: { tags, body: diaryEntryInput, response: { 201: diaryItem } } },
    async (request, reply) => {
      const principal = principalOf(request);
      const by = await byOf(principal);
      const item = await database.transact((tx) => createEntry(tx, request.body, by));
      changed(principal.userId);
      return reply.code(201).send(shown(principal, item));
    },
  );

  /** An act on one item. */
  function act<B extends z.ZodType>(
    method: "PATCH" | "POST",
    path: string,
    body: B,
    run: (
      tx: Tx,
      noun: Noun,
      id: number,
      given: { body: z.output<B>; by: By; principal: Principal },
    ) => Promise<DiaryItem>,
  ): void {
    app.route({
      method,
      url: `/api/v1/diary/:noun/:id${path}`,
      config,
      schema: { tags, params: diaryParam, body, response: { 200: diaryItem } },
      handler: async (request) => {
        const principal = principalOf(request);
        const { noun, id } = request.params;
        const by = await byOf(principal);
        const given = { body: request.body as z.output<B>, by, principal };
        const item = await database.transact((tx) => run(tx, noun, id, given));
        changed(principal.userId, item.agent?.id);
        return shown(principal, item);
      },
    });
  }
  act("PATCH", "", diaryChange, (tx, noun, id, { body, by }) => changeItem(tx, noun, id, body, by));
  act("POST", "/cancel", diaryCancel, (tx, noun, id, { body, by }) =>
    cancelItem(tx, noun, id, body.reason, by),
  );
  act("POST", "/snooze", diarySnooze, async (tx, noun, id, { body, by }) => {
    const item = await diaryItemOf(tx, noun, id, by.scope, by.at);
    if (!item) throw notFound("diary entry", id);
    return snoozeItem(tx, noun, id, await untilOf(tx, item, body, by.at.getTime()), by);
  });
  act("POST", "/hand-over", diaryHandOver, async (tx, noun, id, { body, by, principal }) => {
    const known = await colleagues(tx, { ...principal, all: by.supervises });
    return handOver(tx, noun, id, body, { ...by, mayReceive: new Set(known.map((one) => one.id)) });
  });
  app.get(
    "/api/v1/diary/:noun/:id/history",
    { config, schema: { tags, params: diaryParam, response: { 200: diaryHistory } } },
    async (request) => {
      const { noun, id } = request.params;
      const { scope, at } = await byOf(principalOf(request));
      const item = await diaryItemOf(db, noun, id, scope, at);
      if (!item || (item.kind === "appointment" && item.agent?.id !== scope.userId))
        throw notFound("diary entry", id);
      return { items: await historyOf(db, noun, id) };
    },
  );
}
