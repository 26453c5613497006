/** What a supervisor does with agents at work: checked, audited, done, and told to the agent when the policy says so. */
import type { FloorResult, ForceInput, Force, SupervisionAct } from "../../../shared/floor.ts";
import { isAfterCall, refusalOf } from "../../../shared/may-force.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError, invalid } from "../../kernel/errors.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type AgentRegistry, pauseReasons } from "../agents/index.ts";
import { recordAudit } from "../audit/index.ts";
import { assignAgents, campaignNames } from "../campaigns/index.ts";
import type { Calls } from "../calls/index.ts";
import { readSettings } from "../settings/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { addMessage } from "./queries.ts";
import "./events.ts";

export interface ActParts {
  database: Database;
  agents: AgentRegistry;
  calls: Calls;
  clock: Clock;
  events: EventBus;
}

type Check = (userId: number) => string | null;
interface Deed {
  act: SupervisionAct;
  /** Why this agent cannot be asked to; null: they can. */
  check: Check;
  /** For the audit log and the agent. */
  detail: Record<string, unknown>;
  /** Throws an AppError when it came to nothing. */
  run: (userId: number) => Promise<void> | void;
}

export interface Acts {
  /** Errors (422): `pause-reason-unknown`. Each agent has their own answer. */
  force(actor: Principal, input: ForceInput): Promise<FloorResult[]>;
  /** Errors (422): `campaign-unknown`. */
  move(
    actor: Principal,
    input: { userIds: number[]; add: number[]; remove: number[] },
  ): Promise<FloorResult[]>;
}

export function createActs({ database, agents, calls, clock, events }: ActParts): Acts {
  const stateOf = (userId: number) => agents.get(userId)?.state ?? "signed-out";

  function auditAll(actor: Principal, { act, detail }: Deed, userIds: readonly number[]): Promise<void> {
    const at = new Date(clock.now());
    return database.transact(async (tx) => {
      if (act === "move") await assignAgents(tx, detail["add"] as number[], userIds);
      for (const userId of userIds)
        await recordAudit(tx, { actor, at, action: `agent.${act}`, noun: "user", nounId: userId, detail });
    });
  }

  async function tell(actor: Principal, { act, detail }: Deed, results: FloorResult[]): Promise<void> {
    const { supervisionShown } = await readSettings(database.db);
    const recipients = results.filter(({ code, userId }) => code === null && userId !== actor.userId);
    if (!supervisionShown.includes(act) || recipients.length === 0) return;
    for (const later of [false, true]) {
      const userIds = recipients.filter((result) => result.later === later).map(({ userId }) => userId);
      if (userIds.length === 0) continue;
      const messageId = await database.transact((tx) =>
        addMessage(tx, {
          at: new Date(clock.now()),
          fromUserId: actor.userId,
          to: { type: "agents", userIds },
          text: "",
          act,
          detail: { ...detail, later },
          recipients: userIds,
        }),
      );
      events.publish("message.changed", { messageId, fromUserId: actor.userId, userIds });
    }
  }

  async function one(deed: Deed, userId: number): Promise<FloorResult> {
    const later = deed.act !== "move" && isAfterCall(deed.act as Force["type"], stateOf(userId));
    try {
      await deed.run(userId);
      return { userId, code: null, later };
    } catch (error) {
      if (error instanceof AppError) return { userId, code: error.code, later: false };
      throw error;
    }
  }

  async function perform(actor: Principal, asked: number[], deed: Deed): Promise<FloorResult[]> {
    const seen = await visibleUserIds(database.db, actor);
    const userIds = [...new Set(asked)];
    const codes = userIds.map((userId) =>
      seen === "all" || seen.includes(userId) ? deed.check(userId) : "not-your-agent",
    );
    const fit = userIds.filter((_, at) => codes[at] === null);
    if (fit.length > 0) await auditAll(actor, deed, fit);
    const results = await Promise.all(
      userIds.map(async (userId, at) => {
        const code = codes[at] ?? null;
        return code === null ? one(deed, userId) : { userId, code, later: false };
      }),
    );
    await tell(actor, deed, results);
    return results;
  }

  function feed(actor: Principal, userId: number, act: Exclude<Force, { type: "end-wrap-up" }>): void {
    const fed = agents.feed(userId, act, `by-user-${actor.userId}`);
    if (!fed.ok) throw new AppError(fed.code, 409, "This does not fit what the agent is doing.");
  }

  return {
    async force(actor, { userIds, act }) {
      const reason = act.type === "pause" ? await reasonOf(act.reasonId) : {};
      return perform(actor, userIds, {
        act: act.type,
        check: (userId) => refusalOf(act.type, stateOf(userId)),
        detail: reason,
        run: (userId) => (act.type === "end-wrap-up" ? calls.endWrapUp(userId) : feed(actor, userId, act)),
      });
    },
    async move(actor, { userIds, add, remove }) {
      const names = await campaignNames(database.db, [...add, ...remove]);
      const unknown = [...add, ...remove].find((id) => !names.has(id));
      if (unknown !== undefined)
        throw invalid("campaign-unknown", `There is no campaign ${unknown}.`, { id: unknown });
      const named = (ids: number[]) => ids.map((id) => names.get(id)!);
      return perform(actor, userIds, {
        act: "move",
        check: (userId) => (agents.get(userId) ? null : "agent-signed-out"),
        detail: { add, remove, added: named(add), removed: named(remove) },
        run(userId) {
          const now = agents.get(userId)?.campaignIds ?? [];
          const next = new Set([...now.filter((id) => !remove.includes(id)), ...add]);
          if (!agents.assign(userId, [...next]))
            throw new AppError("agent-signed-out", 409, "This agent is not signed in.");
        },
      });
    },
  };

  async function reasonOf(reasonId: number): Promise<Record<string, unknown>> {
    const reason = (await pauseReasons(database.db)).find(({ id, archived }) => id === reasonId && !archived);
    if (!reason) throw invalid("pause-reason-unknown", "There is no such pause reason.");
    return { reasonId, code: reason.code, label: reason.label };
  }
}
