import { deskState } from "../../../shared/desk.ts";
import { superviseInput } from "../../../shared/call-control.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict, notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import type { Calls } from "../calls/index.ts";
import { visibleUserIds } from "../users/index.ts";
import { type Desk, deskUserOf } from "../desk/index.ts";

/** Listening, whispering, being heard, taking over: of agents whom the supervisor sees; audited before it happens. */
export function superviseRoutes(
  app: HttpApp,
  parts: { database: Database; desk: Desk; calls: Calls; clock: Clock },
): void {
  const { database, desk, calls, clock } = parts;

  async function demandSeen(principal: Principal, callId: string): Promise<void> {
    const call = calls.get(callId);
    if (!call || call.core.state === "closed") throw conflict("call-over", "The call is over.");
    const agent = call?.core.agentUserId;
    const seen = await visibleUserIds(database.db, principal);
    if (typeof agent !== "number" || (seen !== "all" && !seen.includes(agent)))
      throw notFound("call", callId);
  }

  app.post(
    "/api/v1/desk/call/supervise",
    { config: { allow: "calls.listen" }, schema: { body: superviseInput, response: { 200: deskState } } },
    async (request) => {
      const actor = principalOf(request);
      const { callId, mode } = request.body;
      if (mode === null) calls.leaveSupervision(actor.userId);
      else {
        await demandSeen(actor, callId);
        const at = new Date(clock.now());
        await database.transact((tx) =>
          recordAudit(tx, {
            actor,
            at,
            action: "call.supervised",
            noun: "call",
            nounId: callId,
            detail: { mode },
          }),
        );
        if (mode === "take-over") calls.takeOver(callId, actor.userId);
        else calls.join(callId, actor.userId, mode);
      }
      return desk.state(deskUserOf(actor));
    },
  );
}
