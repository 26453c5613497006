/** Opens the menu on telephones: of our people who dial its code, and of callers who ask for a box from outside. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { maskPhone, rolePermissions } from "../../../shared/permissions.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import type { Calls } from "../calls/index.ts";
import type { Desk } from "../desk/index.ts";
import { readSettings } from "../settings/index.ts";
import { findUser } from "../users/index.ts";
import { createSession, type MenuUser, type SessionParts } from "./session.ts";

export interface VoicemailMenus extends Disposable {
  /** On the telephone of this person, which rings the server with this leg. */
  open(userId: number, legId: string): Promise<void>;
  start(): Promise<void>;
}

export function createVoicemailMenus(
  deps: Omit<SessionParts, "folder"> & {
    database: Database;
    dataDir: string;
    calls: Pick<Calls, "takeLine" | "dropLine" | "answerPhone">;
    desk: Pick<Desk, "command">;
    clock: Clock;
    events: EventBus;
    log: Log;
  },
): VoicemailMenus {
  const { database, calls, desk, events, log } = deps;
  const folder = join(deps.dataDir, "voicemail-menu");

  async function serve(legId: string, user: MenuUser): Promise<void> {
    const session = createSession({ ...deps, folder }, user);
    const line = await calls.takeLine(legId, session.listener);
    if (line) await session.start(line);
  }

  async function open(userId: number, legId: string): Promise<void> {
    const person = await findUser(database.db, userId);
    if (!person?.active) return calls.answerPhone(legId, "refused");
    const { timeZone, maskPhonesForAgents } = await readSettings(database.db);
    const permissions = rolePermissions[person.role];
    const seesPhones =
      permissions.includes("phones.see") && !(person.role === "agent" && maskPhonesForAgents);
    const deskUser = { userId, name: person.name, unitId: person.org_unit_id, seesPhones };
    return serve(legId, {
      actor: { userId, login: person.login, address: "" },
      userId,
      boxId: null,
      speaking: { language: person.locale, timeZone, masked: !seesPhones },
      callBack: permissions.includes("calls.dial")
        ? (phone) => desk.command(deskUser, "dial", { phone } as never)
        : null,
    });
  }

  const stop = events.on("voicemail.asked", ({ legId, phone, language, box }) => {
    const ask = async () => {
      const { timeZone } = await readSettings(database.db);
      await serve(legId, {
        actor: { userId: null, login: `telephone ${maskPhone(phone)}`, address: "" },
        userId: null,
        boxId: box === null ? null : await deps.boxes.idOf(box),
        speaking: { language, timeZone, masked: false },
        callBack: null,
      });
    };
    ask().catch((error: unknown) => {
      log.error({ err: error, legId }, "the voicemail menu did not open");
      calls.dropLine(legId);
    });
  });

  return {
    open,
    async start() {
      // Sounds of sessions that a crash cut off.
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
    },
    [Symbol.dispose]: stop,
  };
}
