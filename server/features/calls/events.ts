import type { TrunkStatus } from "../../switch/switch.ts";
import type { ActiveCall } from "./active-call.ts";
import type { Language } from "../../../shared/common.ts";
import type { BoxRef } from "../voicemail/index.ts";
import type { CallState, Outcome } from "../../../shared/calls.ts";

/** What listeners may know of a call; `ActiveCall` itself is the runner's. */
export type CallView = Readonly<ActiveCall>;

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** After every step in memory, before it is written down: for screens, which must not wait for a disk. */
    "call.changed": { call: CallView; from: CallState | null };
    /** Closed and committed, with its lead's next step. */
    "call.closed": {
      callId: string;
      campaignId: number | null;
      agentUserId: number | null;
      outcome: Outcome;
    };
    /** A trunk came up, went down, or its channels changed. */
    "trunk.status": TrunkStatus;
    /** The sound of a call was rated anew (every few seconds), or a fault of it began or ended: for screens. */
    "call.quality": { callId: string; agentUserId: number | null };
    /** A key of an agent's telephone: 0 to 9, * or #. */
    "agent.key": { userId: number; key: string };
    /** A telephone of this agent's called a number of ours that begins with a star; `Calls.answerPhone` ends it. */
    "phone.dialled": { userId: number; legId: string; dialled: string };
    /** A caller from outside asks for a voicemail box: for this one, whose greeting they interrupted, or by its number. */
    "voicemail.asked": {
      legId: string;
      phone: string;
      language: Language;
      box: BoxRef | null;
      calledOut: boolean;
    };
    /** For whom this agent waits. */
    "call-back.changed": { userId: number };
    "callback.changed": { callbackId: number };
  }
}
