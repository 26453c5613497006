import type { ColumnType, Generated } from "kysely";
import type { WebhookEvent, WebhookInput, WebhookRow } from "../../../shared/webhooks.ts";
import type { DeliveryRow } from "../../../shared/webhooks.ts";
import type { Defaulted } from "../../kernel/tables.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    webhooks: {
      id: Generated<number>;
      name: string;
      url: string;
      events: WebhookEvent[];
      secret: string;
      previous_secret: string | null;
      previous_until: Date | null;
      numbers: NonNullable<WebhookInput["numbers"]>;
      enabled: boolean;
      off_because: WebhookRow["offBecause"];
      listening_since: Date;
      failures: Defaulted<number>;
      failing_since: Date | null;
      next_at: Date | null;
      created_at: Date;
      updated_at: Date;
    };
    webhook_events: {
      id: Generated<number>;
      source: "call" | "agent" | "row" | "test";
      source_id: number | null;
      type: DeliveryRow["type"];
      subject: string;
      at: Date;
      data: ColumnType<Record<string, unknown>, string, never>;
    };
    webhook_deliveries: {
      id: Generated<number>;
      webhook_id: number;
      event_id: number;
      state: Defaulted<DeliveryRow["state"]>;
      attempts: Defaulted<number>;
      next_at: Date | null;
      tried_at: Date | null;
      status: number | null;
      error: string | null;
      answer: string | null;
      took_ms: number | null;
    };
    webhook_marks: { source: "call" | "agent"; looked_to: number };
  }
}
