import type { Clock } from "../../kernel/clock.ts";
import { AppError } from "../../kernel/errors.ts";

/** Somebody waits on the line: what takes longer is given up. Errors: `code` 504. */
export async function inTime<T>(clock: Clock, ms: number, code: string, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  using _timer = clock.after(ms, () => late.reject(new AppError(code, 504, `No answer in ${ms} ms.`)));
  return await Promise.race([answer, late.promise]);
}
