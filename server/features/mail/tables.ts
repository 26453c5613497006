import type { Generated } from "kysely";
import type { MailConfig } from "../../../shared/mail.ts";
import type { Defaulted, Json } from "../../kernel/tables.ts";

export interface Attachment {
  recordingId: string;
  /** As the receiver sees it. */
  name: string;
}

declare module "../../kernel/tables.ts" {
  interface Tables {
    mail_config: {
      id: true;
      config: Json<MailConfig>;
      password: string | null;
      updated_at: Date;
      updated_by: number | null;
    };
    mails: {
      id: Generated<number>;
      recipient: string;
      subject: string;
      body: string;
      attachment: Json<Attachment | null> | null;
      created_at: Date;
      due_at: Date | null;
      tries: Defaulted<number>;
      last_error: string | null;
      sent_at: Date | null;
    };
  }
}
