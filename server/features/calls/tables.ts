import type { ColumnType, Generated } from "kysely";
import type { PhoneKind } from "../../../shared/after-call.ts";
import type { CallDirection, CallOrigin, CallState, Outcome } from "../../../shared/calls.ts";
import type { CallQuality } from "../../../shared/quality.ts";
import type { DeskDraft } from "../../../shared/desk.ts";

/** JSON that may be absent: read as it is, written as text. */
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

declare module "../../kernel/tables.ts" {
  interface Tables {
    last_alive: { one: ColumnType<boolean, boolean | undefined>; at: Date };
    calls: {
      id: string;
      direction: CallDirection;
      origin: CallOrigin;
      state: CallState;
      outcome: Outcome | null;
      cause: string | null;
      sip_status: number | null;
      sip_reason: string | null;
      ended_by: string | null;
      campaign_id: number | null;
      list_id: number | null;
      lead_id: number | null;
      customer_id: number | null;
      agent_user_id: number | null;
      /** Of an internal call: who was called. */
      colleague_user_id: Generated<number | null>;
      trunk_id: number | null;
      name: Generated<string>;
      phone: string;
      caller_id: string | null;
      planned_at: Date;
      dialled_at: Date | null;
      ringing_at: Date | null;
      answered_at: Date | null;
      connected_at: Date | null;
      ended_at: Date | null;
      wrap_ended_at: Date | null;
      answer_to_audio_ms: number | null;
      disposition_id: number | null;
      form: MaybeJson<Record<string, unknown>>;
      note: Generated<string>;
      draft: MaybeJson<DeskDraft>;
      callback_id: number | null;
      client_data: MaybeJson<Record<string, unknown>>;
      abandoned: Generated<boolean>;
      quality: MaybeJson<CallQuality>;
      mos: number | null;
      /** Hour of the called person's week, 0: Monday 00:00. */
      local_slot: number | null;
      phone_kind: PhoneKind | null;
      complained_at: Date | null;
    };
    call_events: {
      id: Generated<number>;
      call_id: string;
      at: Date;
      type: string;
      from_state: string | null;
      to_state: string | null;
      data: ColumnType<Record<string, unknown>, string | undefined, string>;
    };
    sip_messages: {
      id: Generated<number>;
      call_id: string;
      leg: "customer" | "agent";
      at: Date;
      direction: "in" | "out";
      local: string;
      remote: string;
      message: string;
    };
  }
}
