import { z } from "zod";
import { instant, languages } from "./common.ts";
import { permissions, roles, scopes } from "./permissions.ts";
import { password } from "./users.ts";

export const signIn = z.object({
  login: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});

/** Who is signed in. */
export const me = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string(),
  role: z.enum(roles),
  orgUnitId: z.number().nullable(),
  extension: z.string().nullable(),
  locale: z.enum(languages),
  permissions: z.array(z.enum(permissions)),
  scope: z.enum(scopes),
  /** Nothing but a change of password is allowed until then. */
  mustChangePassword: z.boolean(),
  /** The company's, IANA name. */
  timeZone: z.string(),
});
export type Me = z.infer<typeof me>;

export const passwordChange = z.object({ current: z.string().max(200), password });
export const localeChange = z.object({ locale: z.enum(languages) });

/**
 * What a token may do of what its owner may: `read` changes nothing; `desk` does what an agent does; `full` all of it.
 * Neither of the first two makes tokens or changes the owner's account.
 */
export const tokenScopes = ["read", "desk", "full"] as const;
export type TokenScope = (typeof tokenScopes)[number];

export const apiToken = z.object({
  id: z.number(),
  name: z.string(),
  scope: z.enum(tokenScopes),
  /** Its first characters. */
  prefix: z.string(),
  createdAt: instant,
  usedAt: instant.nullable(),
  expiresAt: instant.nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;
export const newApiToken = z.object({
  name: z.string().trim().min(1).max(100),
  scope: z.enum(tokenScopes).default("full"),
  expiresAt: instant.nullable().default(null),
});
/** The only time the whole token is told. */
export const createdApiToken = apiToken.extend({ token: z.string() });
