import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { AppError } from "../../kernel/errors.ts";
import { recordAudit } from "../audit/index.ts";
import { findUserByLogin, verifyPassword } from "../users/index.ts";
import { startSession } from "./sessions.ts";
import type { SignInLimiter } from "./sign-in-limiter.ts";

export interface SignInRequest {
  login: string;
  password: string;
  address: string;
  userAgent: string;
}

/** Returns the session's secret. Says the same for an unknown login, a wrong password and a deactivated person. */
export async function signIn(
  { database, clock, limiter }: { database: Database; clock: Clock; limiter: SignInLimiter },
  { login: typed, password, address, userAgent }: SignInRequest,
): Promise<string> {
  const login = typed.trim().toLowerCase();
  const retryAfterSeconds = limiter.attempt(login, address, clock.now());
  if (retryAfterSeconds > 0)
    throw new AppError(
      "sign-in-limited",
      429,
      `Too many wrong passwords: try again in ${Math.ceil(retryAfterSeconds / 60)} min.`,
      { retryAfterSeconds, minutes: Math.ceil(retryAfterSeconds / 60) },
    );
  const user = await findUserByLogin(database.db, login);
  const right = (await verifyPassword(user?.password_hash, password)) && user?.active === true;
  const at = new Date(clock.now());
  const actor = { userId: user?.id ?? null, login, address };
  if (!right) {
    await database.transact((tx) =>
      recordAudit(tx, { actor, at, action: "sign-in.failed", noun: "user", nounId: login }),
    );
    throw new AppError("wrong-credentials", 401, "The login or the password is wrong.");
  }
  limiter.succeed(login, address);
  return database.transact(async (tx) => {
    const token = await startSession(tx, { userId: user.id, address, userAgent, at });
    await recordAudit(tx, { actor, at, action: "session.started", noun: "user", nounId: user.id });
    return token;
  });
}
