import type { Clock } from "../../kernel/clock.ts";
import { type Database, isConnectionLost } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Authenticate, Principal } from "../../kernel/http/access.ts";
import type { TokenScope } from "../../../shared/auth.ts";
import { rolePermissions, roleScope, type Permission, type Role } from "../../../shared/permissions.ts";
import { readSettings } from "../settings/index.ts";
import { findSession, findTokenOwner, touchSession, touchToken } from "./queries.ts";
import { createRemembered } from "./remembered.ts";
import { hashSecret } from "./secret.ts";
import { sessionExpiry } from "./sessions.ts";

/** `seen` and the sliding expiry are written at most this often. */
const touchEveryMs = 60_000;

/** What the database knows of a principal. */
type Person = Omit<Principal, "permissions" | "scope" | "sessionToken" | "tokenScope" | "address">;

/** Reads the permissions of roles as the settings have them now. */
function watchPermissions({ database, events }: { database: Database; events: EventBus }) {
  let hidden: Promise<boolean> | undefined;
  events.on("settings.changed", ({ settings }) => {
    hidden = Promise.resolve(settings.maskPhonesForAgents);
  });
  return async (role: Role): Promise<ReadonlySet<Permission>> => {
    const granted = new Set(rolePermissions[role]);
    hidden ??= readSettings(database.db).then((settings) => settings.maskPhonesForAgents);
    if (role === "agent" && (await hidden)) granted.delete("phones.see");
    return granted;
  };
}

const deskPermissions = new Set(rolePermissions.agent);

/** Of a person's permissions, those that a token of this scope has. */
function within(granted: ReadonlySet<Permission>, scope: TokenScope | undefined): ReadonlySet<Permission> {
  return scope === "desk" ? granted.intersection(deskPermissions) : granted;
}

/** Finds who a session cookie or an API token speaks for. A cookie goes first. */
export function createAuthenticator(parts: {
  database: Database;
  events: EventBus;
  clock: Clock;
}): Authenticate {
  const { database, clock } = parts;
  const permissionsOf = watchPermissions(parts);

  async function principal(
    person: Person,
    address: string,
    by: Pick<Principal, "sessionToken" | "tokenScope">,
  ): Promise<Principal> {
    const { userId, login, name, role, orgUnitId, extension, locale, mustChangePassword } = person;
    return {
      userId,
      login,
      name,
      role,
      orgUnitId,
      extension,
      locale,
      mustChangePassword,
      address,
      ...by,
      permissions: within(await permissionsOf(role), by.tokenScope),
      scope: roleScope[role],
    };
  }

  async function bySession(token: string, address: string): Promise<Principal | undefined> {
    const now = new Date(clock.now());
    const tokenHash = hashSecret(token);
    const found = await findSession(database.db, tokenHash, now);
    if (!found) return undefined;
    if (now.getTime() - found.seenAt.getTime() > touchEveryMs)
      await database.transact((tx) => touchSession(tx, tokenHash, now, sessionExpiry(found.createdAt, now)));
    return principal(found, address, { sessionToken: token });
  }

  async function byToken(token: string, address: string): Promise<Principal | undefined> {
    const now = new Date(clock.now());
    const found = await findTokenOwner(database.db, hashSecret(token), now);
    if (!found) return undefined;
    if (now.getTime() - (found.usedAt?.getTime() ?? 0) > touchEveryMs)
      await database.transact((tx) => touchToken(tx, found.tokenId, now));
    return principal(found, address, { tokenScope: found.tokenScope });
  }

  const remembered = createRemembered(parts);

  return async ({ sessionToken, bearer, address }) => {
    const secret = sessionToken ?? bearer;
    if (!secret) return undefined;
    try {
      const found = await (sessionToken ? bySession(sessionToken, address) : byToken(secret, address));
      remembered.keep(secret, found);
      return found;
    } catch (error) {
      const known = isConnectionLost(error) ? remembered.of(secret) : undefined;
      if (!known) throw error;
      return { ...known, address };
    }
  };
}
