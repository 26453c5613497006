/** What a person does with their diary: each act checks whose it is, changes it, and adds a line to its history. */
import type { DiaryChange, DiaryEntryInput, DiaryHandOver, DiaryItem } from "../../../shared/diary.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import type { Tx } from "../../kernel/db.ts";
import { conflict, invalid, notFound } from "../../kernel/errors.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { changeCallback, endCallback, moveCallback, snoozeCallback } from "../callbacks/index.ts";
import { findCustomer } from "../customers/index.ts";
import { readSettings } from "../settings/index.ts";
import { addHistory } from "./history.ts";
import { closeEntry, insertEntry, updateEntry } from "./queries-entries.ts";
import { type DiaryScope, diaryItemOf } from "./queries.ts";

export type Noun = "callback" | "entry";

export interface By {
  scope: DiaryScope;
  /** May act on what belongs to others whom they see. */
  supervises: boolean;
  at: Date;
}

const closed = () => conflict("diary-not-waiting", "This entry is under way, or is closed already.");

/** One that waits and that this person may change. Errors: 404, `diary-not-waiting` 409. */
async function demand(tx: Tx, noun: Noun, id: number, { scope, at }: By): Promise<DiaryItem> {
  const item = await diaryItemOf(tx, noun, id, scope, at);
  // Another's appointment is seen as a time that is taken, and no more.
  if (!item || (item.kind === "appointment" && item.agent?.id !== scope.userId))
    throw notFound("diary entry", id);
  if (item.state !== "waiting") throw closed();
  return item;
}

const again = async (tx: Tx, noun: Noun, id: number, { scope, at }: By): Promise<DiaryItem> =>
  (await diaryItemOf(tx, noun, id, { ...scope, userIds: "all" }, at))!;

/** Errors: `diary-ends-before` 422, `phone-invalid` 422, 404 for a customer that is not. */
export async function createEntry(tx: Tx, input: DiaryEntryInput, by: By): Promise<DiaryItem> {
  const { userId } = by.scope;
  const [startsAt, endsAt] = [new Date(input.startsAt), new Date(input.endsAt)];
  if (endsAt <= startsAt) throw invalid("diary-ends-before", "It ends before it begins.");
  const customer = input.customerId === undefined ? undefined : await findCustomer(tx, input.customerId);
  if (input.customerId !== undefined && !customer) throw notFound("customer", input.customerId);
  let phone: string | null = null;
  let timeZone = customer?.timeZone ?? null;
  if (input.kind === "call") {
    const { defaultCountry } = await readSettings(tx);
    const typed = input.phone ?? customer?.phones[0]?.phone ?? "";
    const known = customer?.phones.find((one) => maskPhone(one.phone) === typed)?.phone;
    const number = parsePhone(known ?? typed, defaultCountry);
    if (!number) throw invalid("phone-invalid", `${typed} is not a telephone number.`, { phone: typed });
    phone = number.e164;
    timeZone ??= number.timeZone;
  }
  const { kind, title, note, remindBeforeMs } = input;
  const id = await insertEntry(tx, {
    userId,
    kind,
    title,
    note,
    startsAt,
    endsAt,
    phone,
    timeZone,
    remindBeforeMs,
    customerId: input.customerId ?? null,
    campaignId: input.campaignId ?? null,
  });
  await addHistory(tx, {
    noun: "entry",
    id,
    at: by.at,
    byUserId: userId,
    act: "created",
    to: { userId, at: startsAt },
  });
  return again(tx, "entry", id, by);
}

/** Another time, another text. An entry that is moved keeps its length when no end is given. */
export async function changeItem(
  tx: Tx,
  noun: Noun,
  id: number,
  change: DiaryChange,
  by: By,
): Promise<DiaryItem> {
  const before = await demand(tx, noun, id, by);
  const { startsAt } = change;
  if (noun === "callback") {
    const scope = { userId: by.scope.userId, all: by.supervises };
    await changeCallback(
      tx,
      id,
      { ...(startsAt && { dueAt: startsAt }), ...(change.note !== undefined && { note: change.note }) },
      { scope, at: by.at },
    );
  } else {
    const lengthMs = Date.parse(before.endsAt) - Date.parse(before.startsAt);
    const begin = Date.parse(startsAt ?? before.startsAt);
    const endsAt = change.endsAt ?? new Date(begin + lengthMs).toISOString();
    if (Date.parse(endsAt) <= begin) throw invalid("diary-ends-before", "It ends before it begins.");
    if (!(await updateEntry(tx, id, { ...change, endsAt }))) throw closed();
  }
  const isMoved = startsAt !== undefined && Date.parse(startsAt) !== Date.parse(before.startsAt);
  await addHistory(tx, {
    noun,
    id,
    at: by.at,
    byUserId: by.scope.userId,
    act: isMoved ? "moved" : "changed",
    ...(isMoved && { from: { at: before.startsAt }, to: { at: startsAt } }),
  });
  return again(tx, noun, id, by);
}

/** The reminder rests until then; a callback is not tried before either, and stays promised for when it was. */
export async function snoozeItem(tx: Tx, noun: Noun, id: number, until: Date, by: By): Promise<DiaryItem> {
  await demand(tx, noun, id, by);
  const done =
    noun === "callback"
      ? await snoozeCallback(tx, id, until)
      : await updateEntry(tx, id, { snoozedUntil: until });
  if (!done) throw closed();
  await addHistory(tx, { noun, id, at: by.at, byUserId: by.scope.userId, act: "snoozed", to: { at: until } });
  return again(tx, noun, id, by);
}

/**
 * To a colleague, or with null to the team of its campaign. `mayReceive`: whom this person works with. Errors:
 * `diary-unknown-colleague`, `diary-without-team`, `diary-own-appointment` 422.
 */
export async function handOver(
  tx: Tx,
  noun: Noun,
  id: number,
  { userId, why }: DiaryHandOver,
  by: By & { mayReceive: ReadonlySet<number> },
): Promise<DiaryItem> {
  const before = await demand(tx, noun, id, by);
  if (before.kind === "appointment")
    throw invalid("diary-own-appointment", "An appointment of one's own is handed to nobody.");
  if (userId === null && (noun === "entry" || before.campaign === null))
    throw invalid("diary-without-team", "Without a campaign there is no team to hand it to.");
  if (userId !== null && userId !== by.scope.userId && !by.mayReceive.has(userId))
    throw invalid("diary-unknown-colleague", "There is no such colleague.", { userId });
  const done =
    noun === "callback"
      ? await moveCallback(tx, id, { userId })
      : await updateEntry(tx, id, { userId: userId! });
  if (!done) throw closed();
  const from = { userId: before.agent?.id ?? null };
  await addHistory(tx, {
    noun,
    id,
    at: by.at,
    byUserId: by.scope.userId,
    act: "handed",
    from,
    to: { userId },
    why,
  });
  return again(tx, noun, id, by);
}

export async function cancelItem(tx: Tx, noun: Noun, id: number, reason: string, by: By): Promise<DiaryItem> {
  await demand(tx, noun, id, by);
  if (noun === "callback") {
    if (reason === "") throw invalid("diary-reason-needed", "A promise is cancelled with a reason.");
    const scope = { userId: by.scope.userId, all: by.supervises };
    await endCallback(tx, id, { reason, lead: "ready" }, { scope, at: by.at });
  } else if (!(await closeEntry(tx, id, { state: "cancelled", reason, at: by.at }))) throw closed();
  await addHistory(tx, { noun, id, at: by.at, byUserId: by.scope.userId, act: "cancelled", why: reason });
  return again(tx, noun, id, by);
}
