import { createTransport } from "nodemailer";
import { AppError, reasonOf } from "../../kernel/errors.ts";
import type { StoredMail } from "./queries.ts";

export interface Letter {
  /** Names it for ever, so that a receiver takes a second delivery for the first (RFC 5322, 3.6.4). */
  messageId: string;
  to: string;
  subject: string;
  text: string;
  attachment: { name: string; content: Buffer } | null;
}

/**
 * `delivered`; `refused`: the server wants this letter never; `later`: this letter not now (RFC 5321, 4.2.1); `down`: it takes no
 * letter at all, by whatever fault.
 */
export type Delivery = { is: "delivered" } | { is: "refused" | "later" | "down"; reason: string };

const patienceMs = 20_000;

function deliveryOf(error: unknown): Delivery {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  const reason = reasonOf(error).slice(0, 300);
  const isOfLetter = code === "EENVELOPE" || code === "EMESSAGE";
  if (!isOfLetter || responseCode === undefined) return { is: "down", reason };
  return { is: responseCode >= 500 ? "refused" : "later", reason };
}

/** Brings one letter to the server. Never throws. */
export async function sendLetter({ config, password }: StoredMail, letter: Letter): Promise<Delivery> {
  const transport = createTransport({
    host: config.host,
    port: config.port,
    secure: config.security === "tls",
    requireTLS: config.security === "starttls",
    ignoreTLS: config.security === "none",
    ...(config.user !== "" && { auth: { user: config.user, pass: password ?? "" } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // Nothing in a letter is fetched from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      messageId: letter.messageId,
      from: { name: config.fromName, address: config.from },
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      attachments: letter.attachment
        ? [{ filename: letter.attachment.name, content: letter.attachment.content, contentType: "audio/wav" }]
        : [],
    });
    return { is: "delivered" };
  } catch (error) {
    return deliveryOf(error);
  } finally {
    transport.close();
  }
}

/** Errors: `mail-failed` 502 with the server's words. */
export async function tryLetter(stored: StoredMail, letter: Letter): Promise<void> {
  const delivery = await sendLetter(stored, letter);
  if (delivery.is !== "delivered")
    throw new AppError("mail-failed", 502, `The mail server did not take it: ${delivery.reason}`, {
      reason: delivery.reason,
    });
}
