import { AppError } from "./errors.ts";

const lostCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "25006", // a standby that has not taken over yet writes nothing
  "25P03", // a transaction stood idle: the way was gone in its middle
  "57P01", // admin shutdown
  "57P02", // crash shutdown
  "57P03", // starting up
  "database-unavailable",
]);

/** SQLSTATE classes: 08 the connection, 53 no memory, disk or connection left. */
const lostClasses = /^(08|53)/;

const lostWords =
  /connection terminated|connection error|timeout exceeded when trying to connect|not queryable|timeout expired/i;

/** The database is not there, cannot work now, or the way to it is broken: what failed may be tried again. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === "string" && (lostCodes.has(code) || (code.length === 5 && lostClasses.test(code))))
    return true;
  return typeof message === "string" && lostWords.test(message);
}

/** For requests and for all who write: it is gone, or this server may not write into it now. */
export const databaseUnavailable = (message: string) => new AppError("database-unavailable", 503, message);
