import { sql } from "kysely";
import type { NumberTarget } from "../../../shared/numbers.ts";

const columnOf = {
  queue: "queue_id",
  flow: "flow_id",
  agent: "user_id",
  voicemail: "voicemail_user_id",
  box: "box_id",
  announcement: "prompt_id",
} as const satisfies Record<Exclude<NumberTarget["type"], "number" | "refuse">, string>;

const none = {
  queue_id: null,
  flow_id: null,
  user_id: null,
  voicemail_user_id: null,
  box_id: null,
  prompt_id: null,
  to_phone: null,
  refuse: null,
};

/** A target as the columns of a row. */
export function columnsOfTarget(target: NumberTarget) {
  if (target.type === "refuse") return { ...none, refuse: true };
  if (target.type === "number") return { ...none, to_phone: target.phone };
  return { ...none, [columnOf[target.type]]: target.id };
}

/** The target of a row of `inbound_routes`, as JSON. */
export const targetOfRow = sql`case
  when refuse then jsonb_build_object('type', 'refuse')
  when to_phone is not null then jsonb_build_object('type', 'number', 'phone', to_phone)
  else jsonb_build_object(
    'type', case when queue_id is not null then 'queue' when flow_id is not null then 'flow'
      when user_id is not null then 'agent' when voicemail_user_id is not null then 'voicemail'
      when prompt_id is not null then 'announcement' else 'box' end,
    'id', coalesce(queue_id, flow_id, user_id, voicemail_user_id, prompt_id, box_id)) end`;
