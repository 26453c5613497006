import assert from "node:assert/strict";
import { test } from "node:test";
import type { EmbedCall, EmbedState } from "../../../shared/embed.ts";
import { callNews } from "./embed-news.ts";

const at = "2026-03-02T09:31:07.120Z";
const call: EmbedCall = {
  callId: "c1",
  direction: "outbound",
  state: "ringing",
  phone: "+8613800138000",
  name: "Grace",
  campaign: null,
  leadId: 7,
  customerId: null,
  externalId: null,
  url: null,
  data: null,
  fields: {},
  startedAt: at,
  answeredAt: null,
  connectedAt: null,
  endedAt: null,
  cause: null,
  onHold: false,
  muted: false,
  recording: false,
};
const desk = (call: EmbedCall | null, state: EmbedState["state"] = "ringing"): EmbedState => ({
  state,
  since: at,
  agent: { id: 1, name: "ana" },
  pauseReason: null,
  next: null,
  campaigns: [],
  call,
});
const talking = { ...call, answeredAt: at, connectedAt: at };
const over = { ...talking, endedAt: at };

const story = (...states: EmbedState[]) => {
  const [first, ...rest] = states;
  let before = first!;
  return rest.map((now) => {
    const news = callNews(before, now).map(({ event, call }) => `${event} ${call.callId}`);
    before = now;
    return news;
  });
};

test("a previewed record pops once, is dialled, put on hold, and ends", () => {
  const preview = { ...call, callId: null, state: "preview", startedAt: null };
  const held = { ...talking, onHold: true };
  const states = [null, preview, call, talking, held, talking, over, null].map((one) => desk(one));
  assert.deepEqual(story(...states), [
    ["pop null"],
    ["ringing c1"],
    ["answered c1"],
    ["changed c1"],
    ["changed c1"],
    ["ended c1"],
    [],
  ]);
});

test("a customer who is put through pops as answered; a call whose end nobody saw ends all the same", () => {
  const next = { ...talking, callId: "c2", leadId: 8 };
  assert.deepEqual(story(desk(null), desk(talking), desk(next), desk(null)), [
    ["pop c1", "answered c1"],
    ["ended c1", "pop c2", "answered c2"],
    ["ended c2"],
  ]);
});

test("while the line to the server is down nothing happens to a call", () => {
  assert.deepEqual(story(desk(talking), desk(talking, "offline")), [[]]);
  assert.deepEqual(callNews(desk(talking), desk(null, "offline")), []);
});
