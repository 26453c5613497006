import { pino, type Logger } from "pino";

export type Log = Logger;

/** Field names that never reach a log line. */
const secrets = [
  "password",
  "secret",
  "token",
  "authorization",
  "cookie",
  "ha1",
  "*.password",
  "*.secret",
  "*.token",
  "*.ha1",
];

/** JSON lines on stderr; `level` as in pino ("silent" for tests). */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, redact: { paths: secrets, censor: "…" } },
    pino.destination({ fd: 2, sync: false }),
  );
}

export const silentLog: Log = pino({ level: "silent" });
