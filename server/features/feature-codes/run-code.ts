/** What each code does: a command of the desk, or a change of one's own forwarding. */
import type { KeyResult } from "../../../shared/code-collector.ts";
import type { ForwardingInput, ForwardTarget } from "../../../shared/forwarding.ts";
import { type Role, rolePermissions } from "../../../shared/permissions.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict, forbidden, notFound } from "../../kernel/errors.ts";
import type { Calls } from "../calls/index.ts";
import type { Desk } from "../desk/index.ts";
import type { Diversions } from "../forwarding/index.ts";
import { speedDial } from "../speed-dials/index.ts";
import { findUserByExtension } from "../users/index.ts";

export type Keyed = Extract<KeyResult, { type: "code" }>;
interface Person {
  id: number;
  name: string;
  role: Role;
  org_unit_id: number | null;
}

/** Errors: those of the desk's commands; `extension-unknown` 404, `nothing-announced` 409. */
export type RunCode = (person: Person, keyed: Keyed) => Promise<void>;

export function createRunCode(deps: {
  database: Database;
  calls: Calls;
  desk: Desk;
  diversions: Diversions;
}): RunCode {
  const { database, calls, desk, diversions } = deps;

  async function colleague(extension: string): Promise<number> {
    const found = await findUserByExtension(database.db, extension);
    if (!found) throw notFound("extension", extension);
    return found.id;
  }

  /** An extension before a number: what is nobody's extension is dialled. */
  async function targetOf(keys: string): Promise<Exclude<ForwardTarget, { type: "voicemail" }>> {
    const found = await findUserByExtension(database.db, keys);
    return found ? { type: "agent", userId: found.id } : { type: "number", phone: keys };
  }

  return async (person, { name, argument }) => {
    const user = {
      userId: person.id,
      name: person.name,
      unitId: person.org_unit_id,
      seesPhones: rolePermissions[person.role].includes("phones.see"),
    };
    const { userId } = user;
    const forward = async (change: Partial<ForwardingInput>) => {
      const { directNumber: _number, ...now } = await diversions.of(userId);
      await diversions.save(userId, { ...now, ...change });
    };
    const call = calls.callOf(userId);
    const slot = argument === "" ? {} : { slot: Number(argument) };
    switch (name) {
      case "hold":
        return desk.command(user, "hold", { on: !(await desk.state(user)).call?.onHold });
      case "consult":
        return desk.command(user, "call/consult", { target: await targetOf(argument) });
      case "transfer":
        return desk.command(user, "call/transfer", { target: await targetOf(argument) });
      case "complete":
        return desk.command(user, "call/complete", {});
      case "swap":
        return desk.command(user, "call/swap", {});
      case "merge":
        return desk.command(user, "call/merge", {});
      case "cancel-consult": {
        const partyId = call?.conversation.consultId;
        if (!partyId) throw conflict("no-consult", "No consultation is under way.");
        return desk.command(user, "call/drop", { partyId });
      }
      case "park":
        return void calls.park(userId, slot.slot);
      case "record":
        return desk.command(user, "call/record", { action: call?.recording ? "stop" : "start" });
      case "mask": {
        const action = call?.recordingPausedUntil ? "resume" : "pause";
        return desk.command(user, "call/record", { action });
      }
      case "answer": {
        const { announced, aside, awaited } = await desk.state(user);
        if (announced[0]) return desk.command(user, "call/accept", { callId: announced[0].callId });
        const free = awaited.find(({ rings }) => rings);
        if (free) return desk.command(user, "call/colleague", { userId: free.userId });
        if (aside[0]) return desk.command(user, "call/switch", { callId: aside[0].callId });
        throw conflict("nothing-announced", "No call is announced to you.");
      }
      case "decline": {
        const { announced, awaited } = await desk.state(user);
        const [first] = announced;
        const free = awaited.find(({ rings }) => rings);
        if (!first && free) return desk.command(user, "call/call-back", { userId: free.userId, on: false });
        if (!first) throw conflict("nothing-announced", "No call is announced to you.");
        return desk.command(user, "call/decline", { callId: first.callId });
      }
      case "retrieve":
        return desk.command(user, "call/retrieve", { slot: slot.slot ?? 1 });
      case "pick-up":
        return desk.command(user, "call/pick-up-group", {});
      case "pick-up-from":
        return desk.command(user, "call/pick-up-from", { userId: await colleague(argument) });
      case "call-colleague":
        return desk.command(user, "call/colleague", { userId: await colleague(argument) });
      case "call-back":
      case "call-back-off":
        return desk.command(user, "call/call-back", {
          userId: await colleague(argument),
          on: name === "call-back",
        });
      case "speed-dial": {
        if (!rolePermissions[person.role].includes("calls.dial")) throw forbidden("You may not dial.");
        if (!(await speedDial(database.db, userId, Number(argument)))) throw notFound("speed dial", argument);
        // A command of the desk takes its body whole; what is absent is not chosen.
        return desk.command(user, "dial", { phone: `*0${argument}` } as never);
      }
      case "voicemail":
        throw conflict(
          "voicemail-is-dialled",
          "Dial this code as a number: voicemail is heard in a call of its own.",
        );
      case "do-not-disturb":
      case "do-not-disturb-off":
        return forward({ doNotDisturb: name === "do-not-disturb" });
      case "to-voicemail":
        return forward({ always: { type: "voicemail" } });
      case "to-voicemail-off":
      case "forward-always-off":
        return forward({ always: null });
      case "forward-always":
        return forward({ always: await targetOf(argument) });
      case "forward-busy":
        return forward({ busy: await targetOf(argument) });
      case "forward-busy-off":
        return forward({ busy: null });
      case "forward-no-answer":
        return forward({ noAnswer: await targetOf(argument) });
      case "forward-no-answer-off":
        return forward({ noAnswer: null });
      case "forward-out-of-hours":
        return forward({ outOfHours: await targetOf(argument) });
      case "forward-out-of-hours-off":
        return forward({ outOfHours: null });
    }
  };
}
