import { systemActor } from "../../server/features/audit/index.ts";
import { startSession } from "../../server/features/auth/index.ts";
import { createUser } from "../../server/features/users/index.ts";
import type { Database } from "../../server/kernel/db.ts";
import { csrfHeader } from "../../server/kernel/http/access.ts";
import { sessionCookie } from "../../server/kernel/http/server.ts";
import type { Role } from "../../shared/permissions.ts";

export interface Person {
  readonly userId: number;
  readonly headers: Record<string, string>;
  /** The answer's body; throws on a refusal, with its status and code. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts its shape
  ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<any>;
}

export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: Record<string, unknown>;
  constructor(status: number, error: { code: string; message: string; detail: Record<string, unknown> }) {
    super(`${status} ${error.code}: ${error.message} ${JSON.stringify(error.detail)}`);
    this.status = status;
    this.code = error.code;
    this.detail = error.detail;
  }
}

/** Somebody signed in at the server at `url`, which works on `database`. */
export async function person(database: Database, url: string, login: string, role: Role): Promise<Person> {
  const at = new Date();
  const { userId, token } = await database.transact(async (tx) => {
    const user = await createUser(
      tx,
      systemActor,
      {
        login,
        name: login,
        role,
        orgUnitId: null,
        extension: null,
        locale: "en",
        password: "password",
        mustChangePassword: false,
      },
      at,
    );
    const session = { userId: user.id, address: "127.0.0.1", userAgent: "test", at };
    return { userId: user.id, token: await startSession(tx, session) };
  });
  const headers = { cookie: `${sessionCookie}=${token}`, [csrfHeader]: "1" };
  return {
    userId,
    headers,
    async ask(method, path, body) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = text === "" ? null : (JSON.parse(text) as { error?: never });
      if (!response.ok) throw new Refused(response.status, json!.error!);
      return json;
    },
  };
}
