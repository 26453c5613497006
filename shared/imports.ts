import { z } from "zod";
import { country, instant } from "./common.ts";
import { phoneKinds } from "./customers.ts";

/**
 * One import, as the page goes through it: `POST /api/v1/imports?listId=` (multipart, one file) → `POST
 * /imports/:id/preview` (as often as the person changes a setting) → `POST /imports/:id/start` → live topic
 * `imports` (key import id: ImportRow) → `POST /imports/:id/cancel` or `/undo`, `GET /imports/:id/errors.csv`.
 */
export const importStates = ["uploaded", "running", "done", "failed", "cancelled", "undone"] as const;
export type ImportState = (typeof importStates)[number];
export const importFormats = ["csv", "xlsx"] as const;
export type ImportFormat = (typeof importFormats)[number];
/** `leads`: leads of other lists, without a file (`shared/collect-leads.ts`). */
export const importSources = [...importFormats, "leads"] as const;
export const encodings = ["utf-8", "gb18030", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof encodings)[number];
export const delimiters = [",", ";", "\t", "|"] as const;

/** What is left out is detected. */
export const previewOptions = z.object({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  hasHeader: z.boolean().optional(),
  country: country.optional(),
});
export type PreviewOptions = z.infer<typeof previewOptions>;

/** What a column of the file is. `phone` may be given to several columns: the leftmost is dialled first. */
export const columnRoles = ["phone", "name", "time-zone", "priority", "field", "ignore"] as const;
export const columnMapping = z.object({
  role: z.enum(columnRoles),
  /** For `field`: the list's column; made when the list has none with this key. */
  key: z.string().min(1).max(64).optional(),
  label: z.string().min(1).max(100).optional(),
  /** For `phone`: what its numbers are; absent: the number itself tells. */
  kind: z.enum(phoneKinds).optional(),
});
export type ColumnMapping = z.infer<typeof columnMapping>;

export const importPreview = z.object({
  format: z.enum(importFormats),
  encoding: z.enum(encodings),
  delimiter: z.string(),
  hasHeader: z.boolean(),
  country,
  /** One per column of the file, with the suggestion and why. */
  columns: z.array(
    columnMapping.extend({ header: z.string(), because: z.enum(["header", "content", "default"]) }),
  ),
  /** The first 20 rows behind the header. */
  rows: z.array(z.array(z.string())),
  /** Of those rows, what the phone columns become: E.164 or null, with its zone. */
  phones: z.array(z.object({ phone: z.string().nullable(), timeZone: z.string().nullable() })),
});
export type ImportPreview = z.infer<typeof importPreview>;

/** Where a number counts as known, and what happens to the row that repeats it. */
export const duplicateScopes = ["list", "lists"] as const;
export const duplicateActions = ["skip", "update"] as const;
export const importOptions = z.object({
  encoding: z.enum(encodings).default("utf-8"),
  delimiter: z.enum(delimiters).default(","),
  hasHeader: z.boolean().default(true),
  country,
  columns: z.array(columnMapping).min(1).max(1_000),
  /** Within the file the first row of a number wins, always. */
  duplicates: z
    .object({
      scope: z.enum(duplicateScopes).default("list"),
      /** For `lists`: the other lists to look in as well; such rows are always skipped. */
      otherListIds: z.array(z.number().int()).max(100).default([]),
      /** For numbers already on this list: leave them, or write the file's name, priority and fields. */
      action: z.enum(duplicateActions).default("skip"),
    })
    .default({ scope: "list", otherListIds: [], action: "skip" }),
});
export type ImportOptions = z.infer<typeof importOptions>;

export const importRow = z.object({
  id: z.number(),
  listId: z.number(),
  listName: z.string(),
  /** For `leads`: what they were collected from. */
  fileName: z.string(),
  format: z.enum(importSources),
  state: z.enum(importStates),
  /** While running: reading → writing. */
  step: z.enum(["reading", "writing"]).nullable(),
  bytesTotal: z.number(),
  bytesDone: z.number(),
  rowsRead: z.number(),
  rowsAdded: z.number(),
  rowsUpdated: z.number(),
  rowsDuplicate: z.number(),
  rowsInvalid: z.number(),
  rowsPerSecond: z.number(),
  /** `errors.csv` exists: duplicates and invalid rows, with reasons. */
  hasErrors: z.boolean(),
  /** When failed: a code for the dictionaries, and what fills it. */
  error: z.object({ code: z.string(), detail: z.record(z.string(), z.unknown()) }).nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
});
export type ImportRow = z.infer<typeof importRow>;

/** Answer of `POST /api/v1/imports/:id/undo`: leads that were dialled stay, counted by reason. */
export const undoResult = z.object({
  removed: z.number(),
  kept: z.array(z.object({ reason: z.enum(["dialled", "open-call", "callback"]), leads: z.number() })),
});
export type UndoResult = z.infer<typeof undoResult>;

/** Why a row of the file did not become a lead; words under `importReason.<name>` on both sides. */
export const rowReasons = [
  "no-phone",
  "invalid-phone",
  "duplicate-in-file",
  "duplicate-in-list",
  "duplicate-in-other-list",
  "unknown-time-zone",
  "invalid-priority",
  "too-many-columns",
] as const;
export type RowReason = (typeof rowReasons)[number];
