import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { recordWords } from "./record-words.ts";

const folder = new URL("i18n/zh/", import.meta.url);
const dictionary = (name: string) => {
  const [file] = globSync(`**/${name}.json`, { cwd: folder });
  return JSON.parse(readFileSync(new URL(file!, folder), "utf8")) as unknown;
};

function t(key: string, options?: { defaultValue?: string }): string {
  const [file, ...path] = key.split(".");
  let found = dictionary(file!);
  for (const part of path) found = (found as Record<string, unknown> | undefined)?.[part];
  return typeof found === "string" ? found : (options?.defaultValue ?? key);
}
const words = (record: Record<string, unknown>) =>
  recordWords(record, { t, instant: (iso) => iso.slice(11, 16) });

test("an id that has its name is told by it, under a label of its own", () => {
  const wording = { t, instant: String, names: { "trunkId 3": "北京", "consultId agent-7": "安娜" } };
  assert.equal(recordWords({ trunkId: 3, consultId: "agent-7" }, wording), "中继: 北京 · 咨询对象: 安娜");
});

test("what events and decisions carry is told in words, raw keys and codes nowhere", () => {
  const leg = { cause: "media-lost", by: "switch", sipStatus: 200, q850: 16, sipReason: "Q.850;cause=16" };
  const stats = { packetsIn: 900, packetsOut: 901, lost: 2, jitterMs: 3.4, roundTripMs: 20, codec: "PCMA" };
  const records: Record<string, unknown>[] = [
    { ...leg, stats: { ...stats, bufferMs: 40, lastPacketAt: 1_700_000_000_000 } },
    { origin: "ratio", leadId: 4 },
    { rules: ["hours", "min-gap"], retryAt: 1_700_000_000_000 },
    { trunkId: 1, cause: "congestion", sipStatus: 503 },
    { digit: "5" },
    { digits: 3 },
    { sinceMs: 12_000 },
    { durationMs: 65_000, recordingId: "r", error: "no space" },
    { announcementId: 3, errorRate: 0.01, atMs: 1200 },
    { earlyMedia: true, ms: 64, dispositionId: 7 },
    { timeZone: "Asia/Shanghai", weekday: "monday", local: "10:00", open: [["09:00", "20:00"]] },
    { attempts: 1, limit: 3, gapMs: 3_600_000, sinceLastMs: 100 },
    { scope: "global", source: "agent", reason: "asked", expiresAt: null },
    { tone: "sit", sit: "vacant-code", levelDbm0: -12.5, hz: 950, atMs: 800 },
    { prompt: "abandoned", digit: "9", meaning: "opt-out" },
    {
      message: "agentless",
      end: "left",
      heard: true,
      heardMs: 12_000,
      keys: "1",
      hasCallback: true,
      transferred: true,
    },
    { leg: "agent", trouble: "no-audio", from: "138", to: "400" },
    { userId: 7, because: "do-not-disturb", to: "voicemail" },
    { callId: "r", purpose: "consult" },
    { queueId: 3, queue: "投诉", waitedMs: 12_000, how: "overflowed", why: "queue-full", to: "queue" },
    { userId: 7, mode: "whisper" },
    { consultId: "r", campaignId: 3, slot: 71, leftMs: 30_000, listId: 5, id: "r", onHold: true },
    { callerId: "+86755", why: "kept", barredBy: "夜间", phone: "138", by: "supervisor" },
    { note: "吵", text: "贵", doNotCall: true, machine: true },
    { title: "上门", disposition: ["报修", "漏水"], fields: [{ key: "a", label: "地址", value: "中山路" }] },
  ];
  const told = records.map(words).join("\n");
  const given =
    /asked|no space|Asia\/Shanghai|PCMA|Q\.850;cause=16|\bms\b|\bs\b|\br\b|SIP|Hz|dBm0|Q\.850|ID/g;
  assert.doesNotMatch(told.replaceAll(given, ""), /[a-z]{2}/i, told);
  assert.match(told, /媒体中断|媒体/);
  assert.match(told, /表单: 地址 中山路/);
});
