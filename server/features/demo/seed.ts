import { randomBytes } from "node:crypto";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { systemActor } from "../audit/index.ts";
import { writeSettings } from "../settings/index.ts";
import { createUser, hasUsers } from "../users/index.ts";
import { type DemoAnnouncements, seedAnnouncements } from "./announcements.ts";
import { ensureSimulatedTrunk, seedCampaigns } from "./campaign.ts";
import { seedPeople } from "./people.ts";
import { ensurePolicies } from "./policies.ts";

/** What the first start made. `password` is told once and stored nowhere in the clear. */
export type Seeded =
  | { kind: "nothing" }
  | { kind: "demo" }
  | { kind: "administrator"; login: string; password: string };

/**
 * On an empty database: demonstration data, or, without the demonstration, one administrator who must
 * choose a password. One transaction, so a start that is cut off begins anew. `carrierPort`: where the
 * simulated carrier listens this time; undefined when there is no demonstration.
 */
export function seedOnce({
  database,
  clock,
  carrierPort,
  postgresUrl,
  announcements,
}: {
  database: Database;
  clock: Clock;
  carrierPort: number | undefined;
  /** Of the embedded PostgreSQL: the demonstration keeps a database of policies there. */
  postgresUrl?: string | undefined;
  /** Asked for once. */
  announcements?: (() => DemoAnnouncements) | undefined;
}): Promise<Seeded> {
  return database.transact(async (tx): Promise<Seeded> => {
    const isEmpty = !(await hasUsers(tx));
    const trunkId = carrierPort === undefined ? undefined : await ensureSimulatedTrunk(tx, carrierPort);
    const databaseId =
      trunkId === undefined || postgresUrl === undefined ? null : await ensurePolicies(tx, postgresUrl);
    if (!isEmpty) return { kind: "nothing" };
    const at = new Date(clock.now());
    if (trunkId !== undefined) {
      if (announcements) await seedAnnouncements(tx, announcements(), at);
      await seedCampaigns(tx, { trunkId, databaseId }, await seedPeople(tx, at), at);
      return { kind: "demo" };
    }
    // Real people will be called: the law of each number's country holds until somebody decides otherwise. The
    // demonstration calls nobody's numbers, around the clock.
    await writeSettings(tx, { rulePack: "by-number" }, { at, userId: null });
    const login = "admin";
    const password = randomBytes(12).toString("base64url");
    await createUser(
      tx,
      systemActor,
      {
        login,
        name: "Admin",
        role: "administrator",
        orgUnitId: null,
        extension: null,
        locale: "zh",
        password,
        mustChangePassword: true,
      },
      at,
    );
    return { kind: "administrator", login, password };
  });
}
