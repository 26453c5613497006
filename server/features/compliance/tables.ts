import type { ColumnType, Generated } from "kysely";
import type { CallKind, CallPurpose, ConsentForm, RulePackInput } from "../../../shared/rule-packs.ts";
import type { Json } from "../../kernel/tables.ts";
import type { DialFacts, Reason } from "./facts.ts";

declare module "../../kernel/tables.ts" {
  interface Tables {
    rule_packs: {
      id: string;
      version: string;
      valid_from: ColumnType<string, string, never>;
      data: Json<RulePackInput>;
      created_by: number | null;
      created_at: Generated<Date>;
    };
    campaign_compliance: {
      campaign_id: number;
      rule_pack: string | null;
      purpose: CallPurpose;
      call_kind: CallKind;
      per_person_per_day: number | null;
      consent_basis: Generated<string>;
      consent_basis_by: number | null;
      consent_basis_at: Date | null;
    };
    disposition_locks: {
      disposition_id: number;
      campaign_id: number;
      hours: number;
      cause: "refusal" | "complaint" | "own";
      everywhere: Generated<boolean>;
    };
    consents: {
      id: Generated<number>;
      phone: string;
      customer_id: number | null;
      kinds: Generated<CallKind[]>;
      purposes: Generated<CallPurpose[]>;
      form: ConsentForm;
      source: string;
      proof: Generated<string>;
      recording_call_id: string | null;
      given_at: Date;
      expires_at: Date | null;
      withdrawn_at: Date | null;
      withdrawn_by: number | null;
      withdrawn_reason: string | null;
      created_by: number | null;
      created_at: Generated<Date>;
    };
    do_not_call: {
      id: Generated<number>;
      phone: string;
      campaign_id: number | null;
      source: string;
      reason: Generated<string>;
      expires_at: Date | null;
      created_by: number | null;
      created_at: Generated<Date>;
    };
    decisions: {
      id: Generated<number>;
      call_id: string;
      at: Date;
      allowed: boolean;
      reasons: Json<Reason[]>;
      facts: Json<DialFacts>;
      rules_version: string;
    };
  }
}
