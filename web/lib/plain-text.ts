/** Any JSON value as one line of text. */
export const asText = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

/** The entries of a record as `key: value · key: value`, for details that have no words of their own. */
export const recordText = (record: Record<string, unknown>): string =>
  Object.entries(record)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${key}: ${asText(value)}`)
    .join(" · ");
