import { z } from "zod";
import type { Database } from "../../kernel/db.ts";
import { forbidden, notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { visibleUserIds } from "../users/index.ts";
import { findRecording } from "./queries.ts";
import type { SendRecording } from "./send-recording.ts";

type Found = NonNullable<Awaited<ReturnType<typeof findRecording>>>;

/** Listening is for who may, and only to the calls of people they see; agents hear their own. */
async function checkMayListen(database: Database, principal: Principal, found: Found): Promise<void> {
  if (found.agent_user_id === principal.userId) return;
  if (!principal.permissions.has("recordings.listen")) throw forbidden("You may hear your own calls only.");
  const visible = await visibleUserIds(database.db, principal);
  if (visible === "all" || (found.agent_user_id !== null && visible.includes(found.agent_user_id))) return;
  throw forbidden("This call is of somebody outside of your unit.");
}

export function recordingRoutes(
  app: HttpApp,
  { database, sendRecording }: { database: Database; sendRecording: SendRecording },
): void {
  app.get(
    "/api/v1/recordings/:id/audio",
    {
      config: { allow: "calls.see" },
      schema: {
        params: z.object({ id: z.uuid() }),
        querystring: z.object({ format: z.enum(["wav", "ogg"]).optional() }),
        response: {},
      },
    },
    async (request, reply) => {
      const actor = principalOf(request);
      const { id } = request.params;
      const found = await findRecording(database.db, id);
      if (!found) throw notFound("recording", id);
      await checkMayListen(database, actor, found);
      const { format } = request.query;
      return sendRecording({ id, actor, range: request.headers.range, ...(format && { format }) }, reply);
    },
  );
}
