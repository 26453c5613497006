import { z } from "zod";
import { instant, languages, pageQuery } from "./common.ts";
import { roles } from "./permissions.ts";

export const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, "letters, digits and . _ @ - only");
export const password = z.string().min(8).max(200);
export const extension = z.string().regex(/^\d{2,8}$/, "2 to 8 digits");

export const user = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string(),
  role: z.enum(roles),
  orgUnitId: z.number().nullable(),
  extension: z.string().nullable(),
  locale: z.enum(languages),
  active: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
});
export type User = z.infer<typeof user>;

export const userInput = z.object({
  login,
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles),
  orgUnitId: z.number().int().nullable().default(null),
  extension: extension.nullable().default(null),
  locale: z.enum(languages).default("zh"),
});
export type UserInput = z.output<typeof userInput>;

export const newUser = userInput.extend({ password, mustChangePassword: z.boolean().default(true) });
export type NewUser = z.output<typeof newUser>;
export const userChange = userInput.extend({ active: z.boolean() });
export type UserChange = z.output<typeof userChange>;
export const passwordReset = z.object({ password, mustChangePassword: z.boolean().default(true) });

export const userQuery = pageQuery.extend({
  search: z.string().trim().max(100).default(""),
  role: z.enum(roles).optional(),
  active: z.stringbool().optional(),
});
export type UserQuery = z.output<typeof userQuery>;

export const orgUnit = z.object({ id: z.number(), parentId: z.number().nullable(), name: z.string() });
export type OrgUnit = z.infer<typeof orgUnit>;
export const orgUnitInput = z.object({
  parentId: z.number().int().nullable(),
  name: z.string().trim().min(1).max(100),
});
export type OrgUnitInput = z.infer<typeof orgUnitInput>;
