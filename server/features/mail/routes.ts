import { z } from "zod";
import { mailInput, type MailInput, mailState, mailTrial } from "../../../shared/mail.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Db } from "../../kernel/db.ts";
import { invalid } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { newId } from "../../kernel/ids.ts";
import { recordAudit } from "../audit/index.ts";
import type { Outbox } from "./outbox.ts";
import { outboxState, readMailConfig, writeMailConfig } from "./queries.ts";
import { tryLetter } from "./send.ts";

const manage = { allow: "settings.manage" } as const;
const tags = { tags: ["mail"] };
const weekMs = 7 * 24 * 3_600_000;

/** Errors: `mail-sender-missing` 422. */
function demandSender({ host, from }: MailInput): void {
  if (host !== "" && from === "") throw invalid("mail-sender-missing", "Say which address mail comes from.");
}

export function mailRoutes(
  app: HttpApp,
  { database, outbox, clock }: { database: Database; outbox: Outbox; clock: Clock },
): void {
  async function shown(db: Db) {
    const { config, password } = await readMailConfig(db);
    const state = await outboxState(db, new Date(clock.now() - weekMs));
    return { ...config, hasPassword: password !== null, ...state };
  }

  app.get("/api/v1/mail", { config: manage, schema: { ...tags, response: { 200: mailState } } }, async () =>
    shown(database.db),
  );
  app.put(
    "/api/v1/mail",
    { config: manage, schema: { ...tags, body: mailInput, response: { 200: mailState } } },
    async (request) => {
      const { body } = request;
      demandSender(body);
      const actor = principalOf(request);
      const at = new Date(clock.now());
      const { password, ...config } = body;
      await database.transact(async (tx) => {
        await writeMailConfig(tx, body, { at, userId: actor.userId });
        const detail = { ...config, passwordChanged: password !== undefined };
        await recordAudit(tx, { actor, at, action: "mail.changed", noun: "mail", detail });
      });
      outbox.wake();
      return shown(database.db);
    },
  );
  app.post(
    "/api/v1/mail/test",
    { config: manage, schema: { ...tags, body: mailTrial, response: { 204: z.null() } } },
    async ({ body: { to, password, ...config } }, reply) => {
      demandSender(config);
      const stored = await readMailConfig(database.db);
      const letter = {
        messageId: `<waihu-${newId()}@${config.from.split("@").at(-1)}>`,
        to,
        attachment: null,
      };
      await tryLetter(
        { config, password: password === undefined ? stored.password : password },
        { ...letter, subject: "Waihu", text: "Waihu ✓" },
      );
      return reply.code(204).send(null);
    },
  );
}
