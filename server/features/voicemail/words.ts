import type { Language } from "../../../shared/common.ts";

interface Told {
  phone: string;
  name: string;
  boxName: string;
  leftAt: Date;
  durationMs: number;
  transcript: string | null;
}

/** What a mail says of a message. `publicAddress` empty: it links nowhere. */
export function wordsOf(
  { phone, name, boxName, leftAt, durationMs, transcript }: Told,
  language: Language,
  { timeZone, publicAddress }: { timeZone: string; publicAddress: string },
): { subject: string; body: string } {
  const who = name === "" ? phone : `${name} (${phone})`;
  const seconds = Math.round(durationMs / 1000);
  const at = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    timeZone,
    dateStyle: "medium",
    timeStyle: "short",
  }).format(leftAt);
  const link = publicAddress === "" ? [] : ["", `${publicAddress.replace(/\/+$/, "")}/voicemail`];
  const lines =
    language === "zh"
      ? [`信箱：${boxName}`, `来电：${who}`, `时间：${at}`, `时长：${seconds} 秒`]
      : [`Box: ${boxName}`, `From: ${who}`, `Left: ${at}`, `Length: ${seconds} s`];
  return {
    subject: language === "zh" ? `语音留言：${who}` : `Voicemail from ${who}`,
    body: [...lines, ...(transcript ? ["", transcript] : []), ...link, ""].join("\n"),
  };
}
