import type { ColumnType, Generated } from "kysely";
import type { KeptEnd } from "../../../shared/kept-places.ts";
import type { OverflowTarget, QueueInput, VisitEnd } from "../../../shared/queues.ts";

type Json<T> = ColumnType<T, string, string>;

declare module "../../kernel/tables.ts" {
  interface Tables {
    queues: {
      id: Generated<number>;
      name: string;
      strategy: QueueInput["strategy"];
      answer: QueueInput["answer"];
      ring_seconds: number;
      priority: number;
      seniority_seconds: number;
      familiar_seconds: number | null;
      max_length: number | null;
      max_wait_seconds: number | null;
      overflow_when_empty: boolean;
      overflow: Json<OverflowTarget>;
      service_seconds: number;
      service_percent: number;
      relax: Json<QueueInput["relax"]>;
      waiting: Json<QueueInput["waiting"]>;
      campaign_id: number | null;
      record: Generated<boolean>;
      deleted_at: Date | null;
    };
    queue_members: { queue_id: number; user_id: number; rank: number };
    skills: { id: Generated<number>; name: string };
    agent_skills: { skill_id: number; user_id: number; level: number };
    queue_skills: { queue_id: number; skill_id: number; level: number };
    kept_places: {
      id: Generated<number>;
      queue_id: number;
      call_id: string;
      phone: string;
      name: string;
      customer_id: number | null;
      time_zone: string;
      priority: number;
      since: Date;
      asked_at: Date;
      state: Generated<"waiting" | "dialling" | "closed">;
      tries: Generated<number>;
      due_at: Date;
      expires_at: Date;
      last_call_id: string | null;
      agent_user_id: number | null;
      how: KeptEnd | null;
      closed_at: Date | null;
    };
    queue_visits: {
      id: Generated<number>;
      call_id: string;
      queue_id: number;
      entered_at: Date;
      since: Date;
      left_at: Date | null;
      how: VisitEnd | null;
      detail: ColumnType<Record<string, unknown>, string | undefined, string>;
      agent_user_id: number | null;
      service_seconds: number;
    };
  }
}
