/** Boxes tell of their messages by e-mail: what stands and was not told of goes into the outbox, once. */
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import { insertMail, type Outbox } from "../mail/index.ts";
import { readSettings } from "../settings/index.ts";
import { untoldMessages } from "./queries-notify.ts";
import { wordsOf } from "./words.ts";

export interface NotifyParts {
  database: Database;
  outbox: Outbox;
  clock: Clock;
}

export async function tellByMail({ database, outbox, clock }: NotifyParts): Promise<void> {
  const settings = await readSettings(database.db);
  const told = await database.transact(async (tx) => {
    const at = new Date(clock.now());
    const found = await untoldMessages(tx, at);
    const toTell = found.filter(({ email }) => email !== "");
    for (const message of toTell) {
      const phone = settings.maskPhonesForAgents ? maskPhone(message.phone) : message.phone;
      const words = wordsOf({ ...message, phone }, message.locale ?? settings.defaultLocale, settings);
      const name = `${message.leftAt.toISOString().slice(0, 16).replaceAll(/[:T]/g, "-")}.wav`;
      const attachment = message.withSound ? { recordingId: message.id, name } : null;
      await insertMail(tx, { recipient: message.email, ...words, attachment, at });
    }
    return toTell.length;
  });
  if (told > 0) outbox.wake();
}
