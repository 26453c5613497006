import type { FastifyError, FastifyInstance } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { databaseUnavailable, isConnectionLost } from "../db-lost.ts";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";

/** PostgreSQL's SQLSTATE → what it means to a caller. */
const databaseErrors: Record<string, [code: string, status: number, message: string]> = {
  "22021": ["invalid-text", 422, "The text has a character that cannot be stored."],
  "22P05": ["invalid-text", 422, "The text has a character that cannot be stored."],
  "22003": ["out-of-range", 422, "A number is out of range."],
  "23503": ["reference", 409, "It refers to something that does not exist, or something still refers to it."],
  "23505": ["taken", 409, "This already exists."],
  "23514": ["invalid-value", 422, "A value is not allowed."],
};

const fastifyCodes: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "body-too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported-media-type",
  FST_REQ_FILE_TOO_LARGE: "body-too-large",
};

/** Turns anything thrown into an `AppError`; 500 `internal` for what nobody foresaw. */
export function translate(error: FastifyError): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message }) => ({ path: instancePath, message }));
    const [first] = issues;
    return new AppError("invalid-request", 400, `${first?.path ?? ""}: ${first?.message ?? "invalid"}`, {
      issues,
    });
  }
  const known = databaseErrors[error.code];
  if (known) return new AppError(...known);
  if (isConnectionLost(error)) return databaseUnavailable("The database cannot be reached: try again.");
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500)
    return new AppError(fastifyCodes[error.code] ?? "bad-request", status, error.message);
  return new AppError("internal", 500, "Something went wrong; the server's log has the details.");
}

export function bodyOf({ code, message, detail }: AppError) {
  return { error: { code, message, detail } };
}

/** Answers every failure as `{ error: { code, message, detail } }`. */
export function translateFailures(app: FastifyInstance, log: Log): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const told = translate(error);
    if (told.status >= 500)
      log.error(
        { err: error, method: request.method, url: request.url, requestId: request.id },
        "request failed",
      );
    const { retryAfterSeconds } = told.detail;
    if (typeof retryAfterSeconds === "number") void reply.header("retry-after", retryAfterSeconds);
    return reply.code(told.status).send(bodyOf(told));
  });
}
