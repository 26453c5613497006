/** The whole switch (SIP, media pool) under load: it answers every call, and puts numbers 2n and 2n+1 into one room. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testSwitch, trunkTo } from "../../test/kit/switch-bed.ts";
import type { RoomMember } from "../../server/switch/switch.ts";

const folder = mkdtempSync(join(tmpdir(), "waihu-soak-"));
const sw = await testSwitch();
sw.setTrunks([trunkTo({ host: "127.0.0.1", port: Number(process.argv[2]) })]);
const rooms = new Map<number, Map<string, RoomMember>>();
const roomOfLeg = new Map<string, number>();

function seat(room: number): void {
  const members = [...(rooms.get(room)?.values() ?? [])];
  sw.setRoom(`room${room}`, members);
  if (members.length === 0) rooms.delete(room);
}

async function answer(legId: string, to: string): Promise<void> {
  const number = Number(to.replace(/\D/g, "")) % 100_000;
  const room = Math.floor(number / 2);
  roomOfLeg.set(legId, room);
  await sw.answer(legId, `room${room}`);
  const members = rooms.get(room) ?? new Map<string, RoomMember>();
  rooms.set(room, members.set(legId, { legId, role: "talk" }));
  seat(room);
  // Half of the calls are recorded, and their sound decoded for it.
  if (number % 4 === 0) await sw.startRecording(legId, legId, join(folder, `${number}.wav`));
}

sw.on((event) => {
  if (event.type === "leg-incoming") answer(event.legId, event.to).catch(() => undefined);
  if (event.type === "recording-ended") rmSync(event.result.path, { force: true });
  if (event.type !== "leg-ended") return;
  const room = roomOfLeg.get(event.legId);
  roomOfLeg.delete(event.legId);
  if (room === undefined) return;
  rooms.get(room)?.delete(event.legId);
  seat(room);
});

process.on("message", () => {
  const { media } = sw.health();
  process.send!({ pids: media.map(({ pid }) => pid), handles: process.getActiveResourcesInfo().length });
});
process.on("disconnect", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
process.send!(sw.sipLocal[0]!.port);
