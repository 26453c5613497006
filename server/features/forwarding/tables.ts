import type { ColumnType } from "kysely";
import type { WeekHours } from "../../../shared/campaigns.ts";
import type { ForwardTarget } from "../../../shared/forwarding.ts";
import type { Defaulted } from "../../kernel/tables.ts";

/** Read as it is, written as text. */
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

declare module "../../kernel/tables.ts" {
  interface Tables {
    forwarding: {
      user_id: number;
      do_not_disturb: Defaulted<boolean>;
      always: MaybeJson<ForwardTarget>;
      busy: MaybeJson<ForwardTarget>;
      no_answer: MaybeJson<ForwardTarget>;
      out_of_hours: MaybeJson<ForwardTarget>;
      no_answer_seconds: Defaulted<number>;
      hours: MaybeJson<WeekHours>;
      updated_at: Date;
    };
  }
}
