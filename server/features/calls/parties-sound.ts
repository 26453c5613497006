/** Who hears whom, as it follows from who takes part: the members of the call's room, and who hears music. Pure. */
import type { RoomRole } from "../../switch/switch.ts";
import { type Conversation, ownerOf, type Party } from "./parties.ts";

export interface PartySound {
  party: Party;
  role: RoomRole;
  /** For `whisper`. */
  toId?: string;
  music: boolean;
}

const roles = { talk: "talk", listen: "listen", whisper: "whisper" } as const;

/** Nobody who is here and heard by all: whoever is not ours hears music then. */
const hasCompany = ({ parties }: Conversation, party: Party): boolean =>
  parties.some((other) => other !== party && other.state === "here" && other.hearing === "talk");

/** Those in the room. A customer who is alone is left to what is played to them. */
export function soundOf(conversation: Conversation): PartySound[] {
  const { parties } = conversation;
  const owner = ownerOf(conversation);
  const present = parties.filter(({ state }) => state === "here" || state === "held");
  return present.map((party) => {
    const isOurs = party.kind.type === "agent" && party.role !== "customer";
    const lonely = !isOurs && parties.length > 1 && !hasCompany(conversation, party);
    const music = party.state === "held" || lonely;
    if (party.hearing !== "whisper") return { party, role: roles[party.hearing], music };
    return owner?.state === "here"
      ? { party, role: "whisper", toId: owner.id, music }
      : { party, role: "listen", music };
  });
}
