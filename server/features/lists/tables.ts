import type { ColumnType, Generated } from "kysely";
import type { Defaulted, Json } from "../../kernel/tables.ts";
import type { PhoneKind } from "../../../shared/after-call.ts";
import type { Outcome } from "../../../shared/calls.ts";
import type { LeadCollection } from "../../../shared/collect-leads.ts";
import type { ImportOptions, importSources, ImportState } from "../../../shared/imports.ts";
import type { LeadConditions } from "../../../shared/lead-conditions.ts";
import type { LeadStatus, ListColumn } from "../../../shared/lists.ts";
import type { PhoneMemory } from "./lead-numbers.ts";
import type { Tries } from "./next-step.ts";

export interface ListsTable {
  id: Generated<number>;
  name: string;
  note: Defaulted<string>;
  country: string;
  columns: Json<ListColumn[]>;
  created_by: number | null;
  created_at: Defaulted<Date>;
  archived_at: Date | null;
}

export interface ImportsTable {
  id: Generated<number>;
  list_id: number;
  file_name: string;
  format: (typeof importSources)[number];
  state: Defaulted<ImportState>;
  path: string | null;
  /** Of the format `leads` it is a LeadCollection. */
  options: ColumnType<ImportOptions | LeadCollection, string | undefined, string>;
  tries: Defaulted<number>;
  bytes_total: Defaulted<number>;
  bytes_done: Defaulted<number>;
  rows_read: Defaulted<number>;
  rows_added: Defaulted<number>;
  rows_updated: Defaulted<number>;
  rows_duplicate: Defaulted<number>;
  rows_invalid: Defaulted<number>;
  first_lead_id: number | null;
  last_lead_id: number | null;
  error_path: string | null;
  error: ColumnType<
    { code: string; detail: Record<string, unknown> } | null,
    string | null | undefined,
    string | null
  >;
  created_by: number | null;
  created_at: Defaulted<Date>;
  started_at: Date | null;
  ended_at: Date | null;
}

/** `-infinity` and `infinity` come from the driver as numbers. */
type MaybeInfinite = ColumnType<Date | number, Date | "-infinity" | undefined, Date | "-infinity">;

export interface LeadsTable {
  id: Generated<number>;
  list_id: number;
  import_id: number | null;
  customer_id: number | null;
  name: Defaulted<string>;
  phone: string;
  more_phones: Defaulted<string[]>;
  next_phone: string | null;
  invalid_phones: Defaulted<string[]>;
  /** In the order of phone, more_phones; see `kindsOf`. */
  phone_kinds: Defaulted<string[]>;
  /** Of `phone`, for filters; null: to be found. */
  number_kind: PhoneKind | null;
  phone_memory: ColumnType<PhoneMemory, string | undefined, string>;
  avoid_caller_ids: Defaulted<string[]>;
  /** The lead of another list that this one was made of. */
  origin_lead_id: number | null;
  time_zone: string;
  fields: ColumnType<Record<string, string>, string | undefined, string>;
  /** A lead of `lead_claims` is `ready` here. */
  status: Defaulted<Exclude<LeadStatus, "claimed">>;
  status_reason: string | null;
  priority: Defaulted<number>;
  due_at: MaybeInfinite;
  attempts: Defaulted<number>;
  tries: ColumnType<Tries, string | undefined, string>;
  last_attempt_at: Date | null;
  last_outcome: Outcome | null;
  disposition_id: number | null;
  owner_user_id: number | null;
  /** Any agent of this unit or one below it; null as well: anybody. */
  owner_unit_id: number | null;
  created_at: Defaulted<Date>;
}

/** Ready leads that no call holds; kept by triggers. */
export interface LeadQueueTable {
  lead_id: number;
  list_id: number;
  time_zone: string;
  priority: number;
  due_at: MaybeInfinite;
  attempts: number;
  owner_user_id: number | null;
  owner_unit_id: number | null;
}

/** Leads that a call holds; `owned` and the zone as they were when it took them. */
export interface LeadClaimsTable {
  lead_id: number;
  call_id: string;
  list_id: number;
  owned: boolean;
  time_zone: string;
  /** Held by the dialler to choose among; no call dials it yet. */
  buffered: Defaulted<boolean>;
}

export interface LeadCountsTable {
  list_id: number;
  time_zone: string;
  priority: number;
  status: Exclude<LeadStatus, "claimed">;
  owned: boolean;
  leads: number;
}

export interface LeadEventsTable {
  id: Generated<number>;
  lead_id: number;
  at: Date;
  type: string;
  by_user_id: number | null;
  data: ColumnType<Record<string, unknown>, string | undefined, string>;
}

export interface FilterSetsTable {
  id: Generated<number>;
  campaign_id: number | null;
  lead_filter: ColumnType<LeadConditions, string, string>;
  created_at: Defaulted<Date>;
}

export interface LeadFiltersTable {
  id: Generated<number>;
  name: string;
  conditions: ColumnType<LeadConditions, string, string>;
  created_by: number | null;
  created_at: Defaulted<Date>;
}

declare module "../../kernel/tables.ts" {
  interface Tables {
    lists: ListsTable;
    imports: ImportsTable;
    leads: LeadsTable;
    lead_queue: LeadQueueTable;
    lead_claims: LeadClaimsTable;
    lead_counts: LeadCountsTable;
    lead_events: LeadEventsTable;
    filter_sets: FilterSetsTable;
    filter_set_lists: {
      set_id: number;
      list_id: number;
      after_id: Defaulted<number>;
      looked: Defaulted<number>;
      kept: Defaulted<number>;
      done_at: Date | null;
    };
    filter_work: { id: Generated<number>; list_id: number; from_id: number; to_id: number };
    lead_filters: LeadFiltersTable;
  }
}
