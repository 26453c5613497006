import { z } from "zod";
import { isWalkOf } from "../../../shared/script-machine.ts";
import { deskScript, deskScriptSave, type ScriptVersion } from "../../../shared/scripts.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import type { AgentRegistry } from "../agents/index.ts";
import { agentsIn, type Calls } from "../calls/index.ts";
import { findVersion, saveWalk, scriptOfWalk, walkOf } from "../scripts/index.ts";
import { checkInCharge } from "./in-charge.ts";
import { wasCallOf } from "./queries.ts";

const allow = { allow: "desk.use" } as const;

/** The script of an agent's call: where it stands is the call's, so a reload or another agent goes on from there. */
export function deskScriptRoutes(
  app: HttpApp,
  parts: { database: Database; agents: AgentRegistry; calls: Calls; clock: Clock },
): void {
  const { database, agents, calls, clock } = parts;
  const { db } = database;

  /**
   * The version this call began with; errors: 404 when it has no script, or the call is not this agent's. Who takes part
   * in it may read.
   */
  async function versionFor(userId: number, callId: string, act: "read" | "write"): Promise<ScriptVersion> {
    const call = calls.get(callId);
    const own = call ? call.core.agentUserId === userId : await wasCallOf(db, callId, userId);
    const isParty = call !== undefined && act === "read" && agentsIn(call.conversation).includes(userId);
    if (!own && !isParty) throw notFound("call", callId);
    const begun = (await scriptOfWalk(db, callId)) ?? call?.plan.campaign?.script;
    const version = begun && (await findVersion(db, begun.versionId));
    if (!version) throw notFound("script of call", callId);
    return version;
  }

  app.get(
    "/api/v1/desk/script",
    {
      config: allow,
      schema: { querystring: z.object({ callId: z.string() }), response: { 200: deskScript } },
    },
    async (request) => {
      const { callId } = request.query;
      const version = await versionFor(principalOf(request).userId, callId, "read");
      return { version, walk: (await walkOf(db, callId)) ?? null };
    },
  );
  app.put(
    "/api/v1/desk/script",
    { config: allow, schema: { body: deskScriptSave, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const { userId } = principalOf(request);
      const { callId, ...walk } = request.body;
      checkInCharge(agents, userId, request.headers["x-desk-id"]);
      const version = await versionFor(userId, callId, "write");
      if (!isWalkOf(version.document, walk))
        throw invalid("script-walk-invalid", "An answer or a page does not belong to this script.");
      await database.transact((tx) =>
        saveWalk(tx, { callId, version, walk, userId, at: new Date(clock.now()) }),
      );
      return reply.code(204).send(undefined);
    },
  );
}
