import { sql } from "kysely";
import type { OptOutScope } from "../../../shared/message-flow.ts";
import type { Db } from "../../kernel/db.ts";

/** What a person did by keys in a recorded message; each is stored when it happens. */
export interface MessageResult {
  optOut: OptOutScope | null;
  hasCallback: boolean;
  dispositionId: number | null;
}

export const noResult: MessageResult = { optOut: null, hasCallback: false, dispositionId: null };

/** Of a call whose memory was lost, from its events. */
export async function storedResult(db: Db, callId: string): Promise<MessageResult> {
  const { rows } = await sql<{
    scope: OptOutScope | null;
    callback: boolean | null;
    disposition: number | null;
  }>`
    select max(data->>'scope') filter (where type = 'message-opt-out') as scope,
      bool_or(type = 'message-callback') as callback,
      max((data->>'dispositionId')::integer) filter (where type = 'message-disposition') as disposition
    from call_events where call_id = ${callId}
      and type in ('message-opt-out', 'message-callback', 'message-disposition')`.execute(db);
  const { scope, callback, disposition } = rows[0]!;
  return { optOut: scope, hasCallback: callback ?? false, dispositionId: disposition };
}
