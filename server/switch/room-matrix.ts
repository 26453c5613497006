import type { LegId, RoomMember } from "./switch.ts";

/**
 * Who hears whom: one set of heard legs per member. A held leg keeps its place, hears nobody and is heard by
 * nobody (it listens to music). Roles are told at `RoomRole`.
 */
export function hearingMatrix(
  members: readonly RoomMember[],
  isHeld: (legId: LegId) => boolean,
): Map<LegId, Set<LegId>> {
  const reaches = (speaker: RoomMember, hearer: RoomMember): boolean => {
    if (speaker.legId === hearer.legId || isHeld(speaker.legId) || isHeld(hearer.legId)) return false;
    if (speaker.role === "whisper") return speaker.to === hearer.legId;
    return speaker.role === "talk";
  };
  return new Map(
    members.map((hearer) => [
      hearer.legId,
      new Set(members.filter((speaker) => reaches(speaker, hearer)).map((speaker) => speaker.legId)),
    ]),
  );
}
