import type { MediaPool, MediaRoom } from "../media/types.ts";
import type { Leg } from "./embedded-core.ts";
import { hearingMatrix } from "./room-matrix.ts";
import type { LegId, RoomMember } from "./switch.ts";

interface Room {
  readonly roomId: string;
  members: readonly RoomMember[];
  /** Made when the first member has media. */
  media?: MediaRoom;
}

export interface Rooms {
  set(roomId: string, members: readonly RoomMember[]): void;
  /** The leg got media, was held or taken back: its room hears anew. */
  refresh(leg: Leg): void;
  /** The newcomer takes the other's place, with its role. */
  swap(other: Leg, newcomer: Leg): void;
  /** The leg ended. */
  drop(leg: Leg): void;
}

/** Rooms as lists of members; the media pool gets the matrix of those that have media. */
export function createRooms(pool: MediaPool, legs: ReadonlyMap<LegId, Leg>): Rooms {
  const rooms = new Map<string, Room>();

  const mediaId = (legId: LegId) => legs.get(legId)!.media!.legId;

  const apply = (room: Room) => {
    if (room.members.length === 0) {
      room.media?.close();
      rooms.delete(room.roomId);
      return;
    }
    const present = room.members.filter((member) => legs.get(member.legId)?.media);
    if (present.length === 0) return;
    room.media ??= pool.createRoom(room.roomId);
    const hears = hearingMatrix(present, (legId) => legs.get(legId)!.held);
    room.media.setMatrix(
      new Map([...hears].map(([legId, heard]) => [mediaId(legId), new Set([...heard].map(mediaId))])),
    );
  };

  const remove = (room: Room, legId: LegId) => {
    room.members = room.members.filter((member) => member.legId !== legId);
    apply(room);
  };

  return {
    set(roomId, members) {
      const room = rooms.get(roomId) ?? { roomId, members: [] };
      rooms.set(roomId, room);
      const live = members.filter((member) => legs.has(member.legId));
      for (const { legId } of room.members) {
        const leg = legs.get(legId);
        if (leg && !live.some((member) => member.legId === legId)) leg.roomId = undefined;
      }
      for (const { legId } of live) {
        const leg = legs.get(legId)!;
        const before = leg.roomId === undefined || leg.roomId === roomId ? undefined : rooms.get(leg.roomId);
        leg.roomId = roomId;
        if (before) remove(before, legId);
      }
      room.members = live;
      apply(room);
    },
    refresh(leg) {
      const room = leg.roomId === undefined ? undefined : rooms.get(leg.roomId);
      if (room) apply(room);
    },
    swap(other, newcomer) {
      const room = other.roomId === undefined ? undefined : rooms.get(other.roomId);
      if (!room) return;
      other.roomId = undefined;
      newcomer.roomId = room.roomId;
      const moved = (legId: LegId) => (legId === other.legId ? newcomer.legId : legId);
      room.members = room.members.map((member) => ({
        ...member,
        legId: moved(member.legId),
        ...(member.to === undefined ? {} : { to: moved(member.to) }),
      }));
      apply(room);
    },
    drop(leg) {
      const room = leg.roomId === undefined ? undefined : rooms.get(leg.roomId);
      leg.roomId = undefined;
      if (room) remove(room, leg.legId);
    },
  };
}
