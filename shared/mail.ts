import { z } from "zod";

export const mailSecurities = ["tls", "starttls", "none"] as const;

/** The server that takes our e-mail (SMTP, RFC 5321); no host: mail waits until there is one. */
export const mailConfig = z.object({
  host: z.string().trim().max(255).default(""),
  port: z.number().int().min(1).max(65_535).default(587),
  /** From the first byte (RFC 8314), after STARTTLS, which is then demanded, or not at all. */
  security: z.enum(mailSecurities).default("starttls"),
  user: z.string().trim().max(200).default(""),
  from: z.union([z.literal(""), z.email().max(254)]).default(""),
  fromName: z.string().trim().max(100).default(""),
});
export type MailConfig = z.output<typeof mailConfig>;

/** `PUT /api/v1/mail`. A password that is left out stays, null removes it; it never comes out. */
export const mailInput = mailConfig.extend({ password: z.string().min(1).max(500).nullish() });
export type MailInput = z.output<typeof mailInput>;

/** `GET /api/v1/mail`, with how the outbox stands. */
export const mailState = mailConfig.extend({
  hasPassword: z.boolean(),
  waiting: z.number(),
  /** What was given up in the last week. */
  givenUp: z.number(),
  lastError: z.string().nullable(),
});
export type MailState = z.output<typeof mailState>;

/** `POST /api/v1/mail/test`: one mail by this configuration, before it is saved. */
export const mailTrial = mailInput.extend({ to: z.email().max(254) });
