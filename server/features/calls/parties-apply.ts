/** Brings the switch to what a conversation says; what is so already is not said again. */
import type { RoomMember, Sound, Switch } from "../../switch/switch.ts";
import type { ActiveCall } from "./active-call.ts";
import type { PartyKind } from "./parties.ts";
import { soundOf } from "./parties-sound.ts";

/** What the switch was told last of a call's parties. */
export interface AppliedSound {
  room: string;
  music: ReadonlySet<string>;
  muted: ReadonlySet<string>;
}

export const nothingApplied: AppliedSound = { room: "[]", music: new Set(), muted: new Set() };

export function applySound(
  deps: {
    switch: Pick<Switch, "hold" | "unhold" | "mute" | "setRoom">;
    /** A leg that is not up has no part until it is. */
    legOf: (call: ActiveCall, kind: PartyKind) => string | undefined;
    holdMusic: () => Sound;
  },
  call: ActiveCall,
): void {
  const sounds = soundOf(call.conversation).flatMap((sound) => {
    const legId = deps.legOf(call, sound.party.kind);
    return legId === undefined ? [] : [{ ...sound, legId }];
  });
  const legOf = (id: string | undefined) => sounds.find(({ party }) => party.id === id)?.legId;
  const members = sounds.map(({ legId, role, toId }): RoomMember => {
    const to = legOf(toId);
    return to === undefined ? { legId, role } : { legId, role, to };
  });
  const music = new Set(sounds.filter((sound) => sound.music).map(({ legId }) => legId));
  const muted = new Set(sounds.filter(({ party }) => party.muted).map(({ legId }) => legId));
  const room = JSON.stringify(members);
  const { applied } = call;
  // Who is to hear music must not hear the others first; who comes off it hears them at once.
  for (const legId of music.difference(applied.music)) deps.switch.hold(legId, deps.holdMusic());
  if (room !== applied.room && (members.length > 1 || applied.room !== "[]"))
    deps.switch.setRoom(`call-${call.id}`, members);
  for (const legId of applied.music.difference(music)) deps.switch.unhold(legId);
  for (const legId of muted.difference(applied.muted)) deps.switch.mute(legId, true);
  for (const legId of applied.muted.difference(muted)) deps.switch.mute(legId, false);
  call.applied = { room, music, muted };
}
