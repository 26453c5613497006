import type { Agent } from "./registry.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** After every step of an agent, before it is written down; `agent` is a copy. */
    "agent.changed": { from: Agent["state"]; agent: Readonly<Agent>; cause: string };
    /** An agent works in other campaigns than before: those of before and of now. */
    "agent.moved": { userId: number; campaignIds: number[] };
    /** A day has begun on the company's clock: what is counted by day starts anew. */
    "agent.day-began": { at: number };
    /** The agent's leg should be up: originate it, or keep it. */
    "agent.leg-wanted": { userId: number; sipUser: string };
    "agent.leg-unwanted": { userId: number };
    /** The agent is to be called by their ear: what they planned begins. */
    "agent.ring": { userId: number };
    /** The desk phone's account was made or has a new password. */
    "agent.phone-set": { userId: number };
    /** A page asked for new credentials: what the one before it had registered is gone. */
    "agent.browser-renewed": { userId: number; sipUser: string };
  }
}
