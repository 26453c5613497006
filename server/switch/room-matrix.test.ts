import assert from "node:assert/strict";
import { test } from "node:test";
import { hearingMatrix } from "./room-matrix.ts";
import type { RoomMember } from "./switch.ts";

const agent: RoomMember = { legId: "agent", role: "talk" };
const customer: RoomMember = { legId: "customer", role: "talk" };

function hears(members: RoomMember[], held: string[] = []) {
  const matrix = hearingMatrix(members, (legId) => held.includes(legId));
  return Object.fromEntries([...matrix].map(([legId, heard]) => [legId, [...heard].join(" ")]));
}

test("two talk, a supervisor listens, whispers, barges", () => {
  assert.deepEqual(hears([agent, customer]), { agent: "customer", customer: "agent" });
  assert.deepEqual(hears([agent, customer, { legId: "boss", role: "listen" }]), {
    agent: "customer",
    customer: "agent",
    boss: "agent customer",
  });
  assert.deepEqual(hears([agent, customer, { legId: "boss", role: "whisper", to: "agent" }]), {
    agent: "customer boss",
    customer: "agent",
    boss: "agent customer",
  });
  assert.deepEqual(hears([agent, customer, { legId: "boss", role: "talk" }]), {
    agent: "customer boss",
    customer: "agent boss",
    boss: "agent customer",
  });
});

test("a muted member hears all and a held member is alone with the music", () => {
  assert.deepEqual(hears([{ legId: "agent", role: "mute" }, customer]), { agent: "customer", customer: "" });
  assert.deepEqual(hears([agent, customer, { legId: "third", role: "talk" }], ["customer"]), {
    agent: "third",
    customer: "",
    third: "agent",
  });
});
