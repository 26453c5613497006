import i18next from "i18next";
import { ApiError } from "./api.ts";

/** What went wrong, in the reader's language; the server's own sentence when the dictionary lacks the code. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) {
    const key = `errors.${error.code}`;
    return i18next.exists(key) ? i18next.t(key, error.detail) : error.message;
  }
  return error instanceof Error ? error.message : String(error);
}
