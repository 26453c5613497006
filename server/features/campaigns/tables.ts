import type { ColumnType, Generated } from "kysely";
import type { AnsweringSettings } from "../../../shared/answering.ts";
import type { Defaulted } from "../../kernel/tables.ts";
import type { AfterCall, RetryRules } from "../../../shared/after-call.ts";
import type {
  AttemptLimits,
  CampaignStatus,
  DialMode,
  DispositionEffect,
  FormField,
  WeekHours,
} from "../../../shared/campaigns.ts";
import type { DispositionDoes } from "../../../shared/disposition-does.ts";
import type { LeadConditions } from "../../../shared/lead-conditions.ts";
import type { ListMix } from "../../../shared/list-mix.ts";

type JsonColumn<T> = ColumnType<T, string, string>;

export interface CampaignsTable {
  id: Generated<number>;
  name: string;
  note: Defaulted<string>;
  mode: DialMode;
  status: Defaulted<CampaignStatus>;
  priority: Defaulted<number>;
  ratio: Defaulted<number>;
  abandon_ceiling: Defaulted<number>;
  caller_id: string | null;
  caller_id_pool_id: number | null;
  ring_timeout_ms: Defaulted<number>;
  preview_timeout_ms: number | null;
  wrap_up_limit_ms: Defaulted<number>;
  summary_required: Defaulted<boolean>;
  hours: JsonColumn<WeekHours>;
  attempts: JsonColumn<AttemptLimits>;
  retries: JsonColumn<RetryRules>;
  after_call: ColumnType<Partial<AfterCall>, string | undefined, string>;
  form: JsonColumn<FormField[]>;
  script_id: number | null;
  record_url: Defaulted<string>;
  abandon_after_ms: Defaulted<number>;
  record: Defaulted<boolean>;
  lead_filter: ColumnType<LeadConditions | null, string | null | undefined, string | null>;
  answering: ColumnType<Partial<AnsweringSettings>, string | undefined, string>;
  list_mix: ColumnType<ListMix, string | undefined, string>;
  created_by: number | null;
  created_at: Defaulted<Date>;
  updated_at: Defaulted<Date>;
  started_at: Date | null;
  deleted_at: Date | null;
}

export interface DispositionsTable {
  id: Generated<number>;
  campaign_id: number;
  parent_id: number | null;
  position: Defaulted<number>;
  label: string;
  effect: Defaulted<DispositionEffect>;
  success: Defaulted<boolean>;
  right_party: Defaulted<boolean>;
  does: ColumnType<DispositionDoes, string | undefined, string>;
  archived: Defaulted<boolean>;
}

declare module "../../kernel/tables.ts" {
  interface Tables {
    campaigns: CampaignsTable;
    campaign_lists: { campaign_id: number; list_id: number; position: Defaulted<number> };
    campaign_agents: { campaign_id: number; user_id: number };
    campaign_trunks: { campaign_id: number; trunk_id: number; position: Defaulted<number> };
    dispositions: DispositionsTable;
    /** Differences; see migration 0035. */
    list_tallies: { campaign_id: number; list_id: number; at: Date; dials: number; successes: number };
  }
}
