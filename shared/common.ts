import { z } from "zod";

export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];

export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(500).default(50),
});
export type PageQuery = z.infer<typeof pageQuery>;

/** A page of rows: `{ items, total }`. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), total: z.number() });
export interface Page<T> {
  items: T[];
  total: number;
}
/** A list that is short enough to be one page. */
export const onePage = <T>(items: T[]): Page<T> => ({ items, total: items.length });

/** ISO 8601 with zone. */
export const instant = z.iso.datetime({ offset: true });
/** E.164: `+` and 3 to 15 digits. */
export const e164 = z.string().regex(/^\+[1-9]\d{2,14}$/);
/** Stands for the number of a caller who withholds it (RFC 3323). */
export const withheldPhone = "anonymous";
export const country = z.string().regex(/^[A-Z]{2}$/);
export const idParam = z.object({ id: z.coerce.number().int().positive() });

export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), detail: z.record(z.string(), z.unknown()) }),
});
