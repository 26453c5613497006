import type { callCommands } from "../../../shared/call-control.ts";
import type { DeskCommand, DeskCommandBody } from "../../../shared/desk.ts";
import type { Calls } from "../calls/index.ts";
import type { DeskUser } from "./desk-state.ts";

export type Handlers<Commands extends DeskCommand = DeskCommand> = {
  [C in Commands]: (user: DeskUser, body: DeskCommandBody<C>) => Promise<void> | void;
};

/** The commands of `shared/call-control.ts`, and who it is that calls. */
export function callHandlers(calls: Calls): Handlers<keyof typeof callCommands | "caller"> {
  return {
    caller: (user, who) => calls.chooseCaller(user.userId, who),
    "call/transfer": (user, { target }) => calls.transfer(user.userId, target),
    "call/consult": (user, { target }) => calls.consult(user.userId, target),
    "call/complete": (user) => calls.complete(user.userId),
    "call/swap": (user) => calls.swap(user.userId),
    "call/merge": (user) => calls.merge(user.userId),
    "call/add": (user, { target }) => calls.add(user.userId, target),
    "call/drop": (user, { partyId }) => calls.drop(user.userId, partyId),
    "call/hold-party": (user, { partyId, on }) => calls.holdParty(user.userId, partyId, on),
    "call/leave": (user) => calls.leave(user.userId),
    "call/park": (user, { slot }) => void calls.park(user.userId, slot),
    "call/retrieve": (user, { slot }) => calls.retrieve(user.userId, slot),
    "call/accept": (user, { callId }) => calls.accept(user.userId, callId),
    "call/decline": (user, { callId }) => calls.decline(user.userId, callId),
    "call/switch": (user, { callId }) => calls.switchTo(user.userId, callId),
    "call/pick-up": (user, { callId }) => calls.pickUp(user.userId, callId),
    "call/pick-up-from": (user, { userId }) => calls.pickUpFrom(user.userId, userId),
    "call/pick-up-group": (user) => calls.pickUpGroup(user.userId),
    "call/colleague": async (user, { userId }) => void (await calls.callColleague(user.userId, userId)),
    "call/call-back": (user, { userId, on }) => calls.callBack(user.userId, userId, on),
    "call/record": (user, { action }) => calls.record(user.userId, action),
    "call/note": (user, { text }) => calls.noteNow(user.userId, text),
  };
}
