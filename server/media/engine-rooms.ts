import type { Leg } from "./leg.ts";
import type { RoomPlan } from "./messages.ts";
import type { ProcessLink } from "./process-link.ts";
import { Room } from "./room.ts";
import type { Negotiated } from "./sdp-negotiate.ts";
import type { Ticker } from "./ticker.ts";

export interface EngineRooms {
  /** Into a room, or out of all. */
  move(leg: Leg, to: Room | undefined): void;
  set(plan: RoomPlan): void;
  close(roomId: string): void;
  reroute(leg: Leg): void;
  /** Twice a second. `at` is monotonic ms. */
  housekeep(at: number): void;
}

export interface EngineRoomsOptions {
  legs: ReadonlyMap<string, Leg>;
  ticker: Ticker;
  link: ProcessLink;
  /** A leg without a party here: its packets come over the link. */
  createGuest(legId: string): Leg;
  agree(guest: Leg, agreed: Negotiated): void;
}

interface Guest {
  leg: Leg;
  stream: number;
  agreed: string;
}

interface LiveRoom {
  room: Room;
  guests: Map<string, Guest>;
}

/**
 * The rooms of one process. A room may have legs in other processes: those that are heard here come in over the link
 * and are members as guests, who hear nobody and have nowhere to send. A leg heard elsewhere sends its packets there
 * as they come, so a hop between processes adds no frame of delay.
 */
export function createEngineRooms(options: EngineRoomsOptions): EngineRooms {
  const { legs, ticker, link } = options;
  const rooms = new Map<string, LiveRoom>();
  /** Where each leg ticks: its room, or a room of its own. */
  const homes = new Map<Leg, Room>();

  function move(leg: Leg, to: Room | undefined): void {
    const from = homes.get(leg);
    if (from === to) return;
    leg.exports = [];
    if (from) {
      from.members.delete(leg);
      for (const heard of leg.output.hears) heard.heardBy = heard.heardBy.filter((l) => l !== leg);
      for (const l of leg.heardBy) l.output.setHears(l.output.hears.filter((h) => h !== leg));
      leg.heardBy = [];
      leg.output.setHears([]);
      from.reroute();
      if (from.members.size === 0) ticker.remove(from);
    }
    if (!to) return void homes.delete(leg);
    homes.set(leg, to);
    to.members.add(leg);
    ticker.add(to);
    to.reroute();
  }

  function takeIn(legId: string, stream: number): Guest {
    const guest: Guest = { leg: options.createGuest(legId), stream, agreed: "" };
    link.receive(stream, {
      rtp: (datagram, at) => guest.leg.handlers.rtp(datagram, at),
      agreed(agreed) {
        const text = JSON.stringify(agreed);
        if (text !== guest.agreed) options.agree(guest.leg, agreed);
        guest.agreed = text;
      },
    });
    return guest;
  }

  function sendOff(guest: Guest): void {
    link.drop(guest.stream);
    move(guest.leg, undefined);
    void guest.leg.close();
  }

  function setGuests(live: LiveRoom, imports: RoomPlan["imports"]): void {
    const wanted = new Map(imports.map(({ legId, stream }) => [legId, stream]));
    for (const [legId, guest] of live.guests) {
      if (wanted.get(legId) === guest.stream) continue;
      live.guests.delete(legId);
      sendOff(guest);
    }
    for (const [legId, stream] of wanted)
      if (!live.guests.has(legId)) live.guests.set(legId, takeIn(legId, stream));
  }

  function set({ roomId, hears, imports, exports }: RoomPlan): void {
    const live = rooms.get(roomId) ?? { room: new Room(), guests: new Map<string, Guest>() };
    rooms.set(roomId, live);
    setGuests(live, imports);
    const { room, guests } = live;
    const member = (legId: string) => guests.get(legId)?.leg ?? legs.get(legId);
    const matrix = new Map<Leg, Set<Leg>>([...guests.values()].map(({ leg }) => [leg, new Set<Leg>()]));
    for (const [legId, heard] of hears) {
      const leg = legs.get(legId);
      if (leg) matrix.set(leg, new Set(heard.flatMap((id) => member(id) ?? [])));
    }
    for (const leg of room.members) if (!matrix.has(leg)) move(leg, new Room());
    for (const leg of matrix.keys()) {
      move(leg, room);
      leg.exports = [];
    }
    for (const { legId, ...target } of exports) legs.get(legId)?.exports.push(link.open(target));
    for (const leg of matrix.keys()) leg.describe();
    room.setMatrix(matrix);
  }

  return {
    move,
    set,
    close(roomId) {
      set({ roomId, hears: [], imports: [], exports: [] });
      rooms.delete(roomId);
    },
    reroute: (leg) => homes.get(leg)?.reroute(),
    housekeep(at) {
      for (const { guests } of rooms.values()) for (const { leg } of guests.values()) leg.housekeep(at);
    },
  };
}
