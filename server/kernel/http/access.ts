import type { TokenScope } from "../../../shared/auth.ts";
import type { Language } from "../../../shared/common.ts";
import { maskPhone, type Permission, type Role, type Scope } from "../../../shared/permissions.ts";
import { AppError, forbidden } from "../errors.ts";

/** Who a request speaks for. Read anew on each request, so that a changed role or a deactivation acts at once. */
export interface Principal {
  userId: number;
  login: string;
  name: string;
  role: Role;
  orgUnitId: number | null;
  extension: string | null;
  locale: Language;
  permissions: ReadonlySet<Permission>;
  scope: Scope;
  mustChangePassword: boolean;
  /** Absent for API tokens. */
  sessionToken?: string;
  /** Of an API token; absent for sessions. */
  tokenScope?: TokenScope;
  address: string;
}

/** What a request shows of itself. */
export interface Credentials {
  sessionToken?: string;
  bearer?: string;
  address: string;
}
export type Authenticate = (credentials: Credentials) => Promise<Principal | undefined>;

/**
 * Who may use a route: anybody, anybody signed in, or who has the permission (one of them, for a list).
 * Every route declares it as `config: { allow }`; a route without it stops the start.
 */
export type Access = "public" | "signed-in" | Permission | readonly Permission[];

const passwordChangeRequired = () =>
  new AppError("password-change-required", 403, "Choose a new password first.");

/** Throws unless `principal` may pass. A person who must choose a new password may do only that. */
export function checkAccess(allow: Access, principal: Principal | undefined): void {
  if (allow === "public") return;
  if (!principal) throw new AppError("not-signed-in", 401, "Sign in first.");
  if (allow === "signed-in") return;
  if (principal.mustChangePassword) throw passwordChangeRequired();
  const wanted: readonly Permission[] = typeof allow === "string" ? [allow] : allow;
  if (!wanted.some((permission) => principal.permissions.has(permission)))
    throw forbidden(`This needs the permission ${wanted.join(" or ")}.`);
}

/** Throws when a token that may not do everything changes something: at all, or of its owner's own account. */
export function checkTokenScope(allow: Access, { tokenScope }: { tokenScope?: TokenScope } = {}): void {
  if (tokenScope === "read") throw new AppError("token-read-only", 403, "This API token may only read.");
  if (tokenScope === "desk" && allow === "signed-in")
    throw new AppError("token-desk-only", 403, "This API token may only do what an agent's desk does.");
}

/** Header that our pages send with every request that changes something. */
export const csrfHeader = "x-waihu";

/**
 * A page of another site cannot set a header of its own without asking first (CORS preflight), and is never
 * allowed to; a form cannot at all. API tokens are not sent by browsers by themselves and need none.
 */
export function checkCsrf(principal: Principal | undefined, header: string | string[] | undefined): void {
  if (!principal?.sessionToken || header !== undefined) return;
  throw new AppError("csrf", 403, `Send the header ${csrfHeader} with requests that change something.`);
}

/** A browser names the page that sends a request; a page of another site may change nothing here. */
export function checkOrigin(origin: string | undefined, host: string | undefined): void {
  if (origin === undefined) return;
  const from = URL.parse(origin);
  // Through the same parser, so that a default port counts as none.
  if (from && host !== undefined && URL.parse(`${from.protocol}//${host}`)?.host === from.host) return;
  throw new AppError("foreign-origin", 403, `Requests from ${origin.slice(0, 200)} are refused.`);
}

/** How this person sees a number: whole with `phones.see`, else masked. */
export function phoneFor(principal: Principal): (phone: string) => string {
  return principal.permissions.has("phones.see") ? (phone) => phone : maskPhone;
}
