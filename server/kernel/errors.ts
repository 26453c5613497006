/**
 * Something is broken, or a request cannot be served. `code` is stable and is the key of the message in
 * both languages (`errors.<code>` in the web's dictionaries); `detail` fills its placeholders.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: Record<string, unknown>;

  constructor(code: string, status: number, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

/** The server cannot start. The message is one sentence for a person that says what to do; printed without a stack. */
export class StartupError extends Error {
  override readonly name = "StartupError";
}

export const notFound = (noun: string, id: unknown) =>
  new AppError("not-found", 404, `No ${noun} ${String(id)}.`, { noun, id });
export const forbidden = (message = "You may not do this.") => new AppError("forbidden", 403, message);
export const conflict = (code: string, message: string, detail?: Record<string, unknown>) =>
  new AppError(code, 409, message, detail);
export const invalid = (code: string, message: string, detail?: Record<string, unknown>) =>
  new AppError(code, 422, message, detail);

/** The message of anything thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
