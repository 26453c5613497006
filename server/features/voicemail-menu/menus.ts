/** Opens the menu on telephones: of our people who dial its code, and of callers who ask for a box from outside. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { maskPhone, rolePermissions } from "../../../shared/permissions.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Log } from "../../kernel/log.ts";
import { deskPhoneUser } from "../agents/index.ts";
import type { Calls } from "../calls/index.ts";
import type { Desk } from "../desk/index.ts";
import { readSettings } from "../settings/index.ts";
import { findUser } from "../users/index.ts";
import { createSession, type MenuUser, type SessionParts } from "./session.ts";

export interface VoicemailMenus extends Disposable {
  /** On the telephone of this person, which rings the server with this leg. */
  open(userId: number, legId: string): Promise<void>;
  /** Rings the telephone of this person, who looks after this box. Undefined: it is not registered. */
  callPhone(
    userId: number,
    boxId: number,
    told: { opened: () => Promise<void>; ended: () => void },
  ): Promise<string | undefined>;
  start(): Promise<void>;
}

export function createVoicemailMenus(
  deps: Omit<SessionParts, "folder"> & {
    database: Database;
    dataDir: string;
    calls: Pick<Calls, "takeLine" | "callPhone" | "dropLine" | "answerPhone">;
    desk: Pick<Desk, "command">;
    /** A box that called was opened there. */
    told: (boxId: number) => Promise<void>;
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

  /** Undefined: they are not with us any more. */
  async function personAt(userId: number): Promise<MenuUser | undefined> {
    const person = await findUser(database.db, userId);
    if (!person?.active) return undefined;
    const { timeZone, maskPhonesForAgents } = await readSettings(database.db);
    const permissions = rolePermissions[person.role];
    const seesPhones =
      permissions.includes("phones.see") && !(person.role === "agent" && maskPhonesForAgents);
    const deskUser = { userId, name: person.name, unitId: person.org_unit_id, seesPhones };
    return {
      actor: { userId, login: person.login, address: "" },
      userId,
      boxId: null,
      speaking: { language: person.locale, timeZone, masked: !seesPhones },
      callBack: permissions.includes("calls.dial")
        ? (phone) => desk.command(deskUser, "dial", { phone } as never)
        : null,
    };
  }

  async function open(userId: number, legId: string): Promise<void> {
    const user = await personAt(userId);
    return user ? serve(legId, user) : calls.answerPhone(legId, "refused");
  }

  const callPhone: VoicemailMenus["callPhone"] = async (userId, boxId, { opened, ended }) => {
    const user = await personAt(userId);
    if (!user) return undefined;
    const session = createSession({ ...deps, folder }, { ...user, boxId, calledOut: opened });
    return calls.callPhone(deskPhoneUser(userId), "Voicemail", {
      ...session.listener,
      answered(line) {
        session.start(line).catch((error: unknown) => {
          log.error({ err: error, userId }, "the voicemail menu did not open");
          line.hangUp();
        });
      },
      ended() {
        session.listener.ended();
        ended();
      },
    });
  };

  const stop = events.on("voicemail.asked", ({ legId, phone, language, box, calledOut }) => {
    const ask = async () => {
      const { timeZone } = await readSettings(database.db);
      const boxId = box === null ? null : await deps.boxes.idOf(box);
      await serve(legId, {
        actor: { userId: null, login: `telephone ${maskPhone(phone)}`, address: "" },
        userId: null,
        boxId,
        speaking: { language, timeZone, masked: false },
        callBack: null,
        ...(calledOut && boxId !== null && { calledOut: () => deps.told(boxId) }),
      });
    };
    ask().catch((error: unknown) => {
      log.error({ err: error, legId }, "the voicemail menu did not open");
      calls.dropLine(legId);
    });
  });

  return {
    open,
    callPhone,
    async start() {
      // Sounds of sessions that a crash cut off.
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
    },
    [Symbol.dispose]: stop,
  };
}
