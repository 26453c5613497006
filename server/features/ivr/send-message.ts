/** Text messages and e-mail that a flow sends: checked here, put into their outboxes by the transaction that tells of them. */
import { z } from "zod";
import type { Language } from "../../../shared/common.ts";
import type { BlockOf } from "../../../shared/ivr/blocks.ts";
import { fillText } from "../../../shared/script-text.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database, Tx } from "../../kernel/db.ts";
import { type Arrival, dialledNumber } from "../calls/index.ts";
import type { Log } from "../../kernel/log.ts";
import { isBlockedEverywhere } from "../compliance/index.ts";
import { findCustomer } from "../customers/index.ts";
import { inTime } from "./in-time.ts";
import { insertMail } from "../mail/index.ts";
import { insertSms, smsCountOf } from "../sms/index.ts";

export interface Words {
  language: Language;
  /** Without those that are secret. */
  variables: Readonly<Record<string, string>>;
}
/** `why`: for the story of the call; without numbers and addresses. */
export type Prepared = { write: (tx: Tx) => Promise<void> } | { why: string };

export interface FlowMessages {
  /** Never rejects. */
  prepare(block: BlockOf<"message">, arrival: Arrival, words: Words): Promise<Prepared>;
}

const longestMs = 5000;
const dayMs = 86_400_000;
/** A number that callers key in must not be flooded by them. */
const mostADay = 10;

export function createMessages({
  database,
  clock,
  log,
}: {
  database: Database;
  clock: Clock;
  log: Log;
}): FlowMessages {
  const address = z.email().max(254);
  const { db } = database;

  async function sms(
    { to }: BlockOf<"message">,
    arrival: Arrival,
    body: string,
    words: Words,
  ): Promise<Prepared> {
    const wished = to === "" ? arrival.phone : fillText(to, words.variables);
    const phone = dialledNumber(wished, arrival.country);
    if (phone === null) return { why: "no number" };
    const at = new Date(clock.now());
    const [isBlocked, today] = await Promise.all([
      isBlockedEverywhere(db, phone, at),
      smsCountOf(db, phone, new Date(at.getTime() - dayMs)),
    ]);
    // Who calls and asks for it gets it; nobody else who wants to be left alone.
    if (isBlocked && phone !== arrival.phone) return { why: "do not contact" };
    if (today >= mostADay) return { why: "too many today" };
    return { write: (tx) => insertSms(tx, { phone, body, callId: arrival.callId, at }) };
  }

  async function email(
    block: BlockOf<"message">,
    arrival: Arrival,
    body: string,
    words: Words,
  ): Promise<Prepared> {
    const { customerId } = arrival;
    const own = async () => (customerId === null ? "" : ((await findCustomer(db, customerId))?.email ?? ""));
    const { data: recipient } = address.safeParse(
      block.to === "" ? await own() : fillText(block.to, words.variables).trim(),
    );
    if (recipient === undefined) return { why: "no address" };
    const subject = fillText(block.subject[words.language], words.variables).replaceAll(/\s+/g, " ");
    const at = new Date(clock.now());
    return { write: (tx) => insertMail(tx, { recipient, subject, body, attachment: null, at }) };
  }

  return {
    async prepare(block, arrival, words) {
      const body = fillText(
        block.text[words.language] || block.text.zh || block.text.en,
        words.variables,
      ).trim();
      if (body === "") return { why: "no words" };
      const of = block.channel === "sms" ? sms : email;
      try {
        return await inTime(clock, longestMs, "timeout", of(block, arrival, body, words));
      } catch (error) {
        log.warn({ err: error, callId: arrival.callId }, "a message of a flow was not sent");
        return { why: "no database" };
      }
    },
  };
}
