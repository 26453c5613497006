/** What flows may ask outside, set by an administrator. */
import { z } from "zod";

/** Flows whose draft or published version asks it. */
const asking = z.array(z.object({ id: z.number(), name: z.string() }));

/** `GET /api/v1/ivr/databases`, `POST`, `PUT /:id`, `DELETE /:id`; its password is never told. */
export const ivrDatabase = z.object({
  id: z.number(),
  name: z.string(),
  host: z.string(),
  /** Of the server. */
  database: z.string(),
  /** The role. */
  user: z.string(),
  flows: asking,
});
export type IvrDatabase = z.output<typeof ivrDatabase>;
const databaseName = z.string().trim().min(1).max(60);
const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/[^\s/]+\/\S+$/)
  .max(500);
/** `url`: `postgresql://reader:password@host/name`, of a role that may only read. Errors: 409 `taken`. */
export const ivrDatabaseInput = z.object({ name: databaseName, url: databaseUrl });
/** Without `url` it stays where it is. */
export const ivrDatabaseChange = z.object({ name: databaseName, url: databaseUrl.optional() });
/** `POST /api/v1/ivr/databases/test`: one that is bound, or an address before it is. */
export const ivrDatabaseTest = z.union([z.object({ id: z.number() }), z.object({ url: databaseUrl })]);

const host = z.string().regex(/^[a-z0-9.[\]:-]{1,200}$/);
/** `PUT /api/v1/ivr/hosts`: hosts inside the company's network that HTTP blocks may ask, as `host` or `host:port`. */
export const ivrHosts = z.object({ hosts: z.array(host).max(200) });
/** `GET /api/v1/ivr/hosts`. */
export const ivrHostsSeen = ivrHosts.extend({ flows: z.record(z.string(), asking) });
/** `POST /api/v1/ivr/hosts/test`. */
export const ivrHostTest = z.object({ host });

export const triedWhys = [
  "not-found", // no such name
  "unreachable", // nobody listens, or the network is closed
  "timeout",
  "password", // the role or its password is refused
  "no-database",
  "protocol", // something else answers there
] as const;
/** What came of trying a connection. */
export const ivrTried = z.object({
  ok: z.boolean(),
  ms: z.number(),
  why: z.enum(triedWhys).nullable(),
  /** In the words of the other side. */
  detail: z.string(),
  /** The role of a database may change something there. */
  mayWrite: z.boolean(),
});
export type IvrTried = z.output<typeof ivrTried>;
