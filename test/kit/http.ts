import { systemActor } from "../../server/features/audit/index.ts";
import { startSession } from "../../server/features/auth/index.ts";
import { createUser } from "../../server/features/users/index.ts";
import { type ManualClock, manualClock } from "../../server/kernel/clock.ts";
import type { EventBus } from "../../server/kernel/events.ts";
import { csrfHeader } from "../../server/kernel/http/access.ts";
import { type HttpApp, type HttpServer, sessionCookie } from "../../server/kernel/http/server.ts";
import type { Jobs } from "../../server/kernel/jobs.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { createPlatform } from "../../server/platform.ts";
import type { Role } from "../../shared/permissions.ts";
import type { NewUser } from "../../shared/users.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export interface TestResponse {
  status: number;
  headers: Record<string, unknown>;
  /** Parsed JSON; text when it is not JSON. Tests read it as they know it. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts its shape
  body: any;
}

export interface TestClient {
  /** 0 for nobody. */
  readonly userId: number;
  /** Headers that carry the session, for WebSockets and raw requests. */
  readonly headers: Record<string, string>;
  send(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestResponse>;
  get(path: string): Promise<TestResponse>;
  post(path: string, body?: unknown): Promise<TestResponse>;
  put(path: string, body?: unknown): Promise<TestResponse>;
  patch(path: string, body?: unknown): Promise<TestResponse>;
  delete(path: string): Promise<TestResponse>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function createClient(app: HttpApp, userId: number, session: Record<string, string>): TestClient {
  const send: TestClient["send"] = async (method, path, body, headers = {}) => {
    const response = await app.inject({
      method,
      url: path,
      headers: { ...session, ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
    return { status: response.statusCode, headers: response.headers, body: parse(response.body) };
  };
  return {
    userId,
    headers: session,
    send,
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    put: (path, body) => send("PUT", path, body),
    patch: (path, body) => send("PATCH", path, body),
    delete: (path) => send("DELETE", path),
  };
}

export interface TestHttpParts {
  database: TestDatabase;
  clock: ManualClock;
  events: EventBus;
  jobs: Jobs;
  http: HttpServer;
}

export interface TestHttp extends TestHttpParts, AsyncDisposable {
  readonly anonymous: TestClient;
  /** Makes a person of this role and signs in. Its login is `<role><n>`, its password `password`. */
  as(role: Role, person?: Partial<NewUser>): Promise<TestClient>;
}

/**
 * The platform's HTTP server on a fresh database, asked in-process: `await using http = await testHttp((app,
 * parts) => trunkRoutes(app, parts))`. Call `http.http.listen("127.0.0.1", 0)` for a real port.
 */
export async function testHttp(
  register: (app: HttpApp, parts: TestHttpParts) => void | Promise<void> = () => undefined,
  clock = manualClock(),
): Promise<TestHttp> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await testDatabase());
  const config = { version: "test", http: { host: "127.0.0.1", port: 0, tls: undefined, trustProxy: false } };
  const { events, jobs, http } = await createPlatform(stack, { config, database, clock, log: silentLog });
  const parts: TestHttpParts = { database, clock, events, jobs, http };
  await register(http.app, parts);
  await http.app.ready();
  let people = 0;
  const held = stack.move();
  return {
    ...parts,
    anonymous: createClient(http.app, 0, {}),
    async as(role, person = {}) {
      const at = new Date(clock.now());
      const login = `${role}${++people}`;
      const base = { name: login, orgUnitId: null, extension: null, locale: "en" as const };
      const { id, token } = await database.transact(async (tx) => {
        const given = { ...base, login, role, password: "password", mustChangePassword: false, ...person };
        const user = await createUser(tx, systemActor, given, at);
        const session = { userId: user.id, address: "127.0.0.1", userAgent: "test", at };
        return { id: user.id, token: await startSession(tx, session) };
      });
      return createClient(http.app, id, { cookie: `${sessionCookie}=${token}`, [csrfHeader]: "1" });
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
