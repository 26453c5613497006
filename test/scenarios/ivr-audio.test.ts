import assert from "node:assert/strict";
import { test } from "node:test";
import { espeakSynthesizer } from "../../server/features/speech/espeak.ts";
import { decodeWav } from "../../server/media/wav.ts";
import { toSound } from "../../server/media/sound-audio.ts";
import type { IvrDocument } from "../../shared/ivr/flow.ts";
import { type CallBed, callBed } from "../kit/call-bed.ts";
import { block, flow } from "../kit/ivr-flows.ts";
import { findSound, sweep } from "../kit/same-sound.ts";
import { watchLive } from "../kit/live-client.ts";
import { brokenAtRest } from "../kit/story.ts";
import { storedPrompt } from "../kit/tone-prompts.ts";
import { until } from "../kit/until.ts";

const did = "+8675512345678";

/** 16 bits, mono, at any rate. */
function wavAt(sampleRate: number, samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

async function line(bed: CallBed, document: IvrDocument): Promise<void> {
  const { manager } = bed;
  const { id } = await manager.ask("POST", "/ivr/flows", { name: "Service", document });
  await manager.ask("PUT", "/inbound-routes", { items: [{ phone: did, target: { type: "flow", id } }] });
  await manager.ask("POST", `/ivr/flows/${id}/publish`, {});
}

/** Calls, and keeps all that is heard from the answer on. */
async function callIn(bed: CallBed, from: string) {
  const target = { transport: "udp", ...bed.server.sip } as const;
  const call = bed.carrier.callIn({ from, to: did, target, plan: [{ do: "stay" }] });
  await call.until("answered");
  return { call, tape: call.stream!.record() };
}

/** What somebody who reads this aloud says, by the voice that comes with the system. */
const voiceOf = async (text: string) =>
  decodeWav(toSound(await espeakSynthesizer().synthesize(text, "zh")).wav);

test("the prompt that is heard is the prompt that was meant: uploaded, spoken with its values, cut off by a key", async () => {
  await using bed = await callBed();
  await bed.seed.trunk();
  // The same sounds at the rate of a studio, and as a telephone carries them.
  type Sweep = [fromHz: number, toHz: number, times: number, ms: number];
  const sounds: Record<"welcome" | "menu" | "bye", Sweep> = {
    welcome: [300, 2800, 0.9, 2400],
    menu: [2600, 500, 0.7, 8000],
    bye: [900, 1900, 2.3, 1800],
  };
  const source = (name: keyof typeof sounds, rate: number) => sweep(...sounds[name], rate);
  const ids = Object.fromEntries(
    await Promise.all(
      Object.keys(sounds).map(async (name) => [
        name,
        await storedPrompt(bed, name, wavAt(16_000, source(name as keyof typeof sounds, 16_000))),
      ]),
    ),
  );
  const text = "您的余额是{{balance|amount}}，到期日是{{due|date}}。";
  await line(
    bed,
    flow(
      block("prompt", "welcome", { next: "know" }, { speech: { promptId: ids["welcome"] } }),
      block(
        "set",
        "know",
        { next: "tell" },
        {
          values: [
            { variable: "balance", value: "123.45" },
            { variable: "due", value: "2026-10-01" },
          ],
        },
      ),
      block("prompt", "tell", { next: "ask" }, { speech: { zh: text } }),
      block(
        "menu",
        "ask",
        { "1": "bye", timeout: "bye", invalid: "bye" },
        { speech: { promptId: ids["menu"] }, keys: [{ key: "1" }] },
      ),
      block("hang-up", "bye", {}, { speech: { promptId: ids["bye"] } }),
    ),
  );
  using live = await watchLive(bed.server.url, bed.manager, "ivr");
  const ask = () =>
    (Object.values(live.items["ivr"] ?? {})[0]?.["blocks"] as Record<string, number>)?.["ask"];
  const { call, tape } = await callIn(bed, "+8613800138071");
  const menu = source("menu", 8000);
  const firstSecond = menu.subarray(0, 8000);
  await until("they are asked", () => ask() === 1);
  const { packets } = call.stream!.received;
  await until("more than a second of the menu is heard", () => call.stream!.received.packets > packets + 65);
  await call.press("1");
  await call.until("ended");
  const heard = tape.samples();

  const welcome = findSound(heard, source("welcome", 8000));
  assert.ok(welcome.share > 0.9, `uploaded: ${welcome.share}`);
  const spoken = findSound(
    heard,
    await voiceOf("您的余额是一百二十三元四角五分，到期日是二零二六年十月一日。"),
  );
  assert.ok(spoken.share > 0.9, `spoken: ${spoken.share}`);
  const begun = findSound(heard, firstSecond);
  const bye = findSound(heard, source("bye", 8000));
  assert.ok(begun.share === 1 && bye.share > 0.9, `menu ${begun.share}, goodbye ${bye.share}`);
  // In their order, each after the one before is over, but for the menu, which the key cut off.
  const [over, told] = [welcome.at + source("welcome", 8000).length, spoken.at];
  assert.ok(
    over <= told + 400 && told < begun.at && begun.at + 8000 < bye.at,
    JSON.stringify({ welcome, spoken, begun, bye }),
  );
  assert.ok(bye.at < begun.at + menu.length, "the menu went on to its end");
  assert.ok(findSound(heard, menu.subarray(-24_000)).share < 0.5, "the menu's end is heard");
  // What would be heard by mistake is told apart.
  const other = findSound(heard, await voiceOf("您的余额是九百八十七元六角，到期日是二零二五年三月八日。"));
  assert.ok(other.share < 0.6, `another text: ${other.share}`);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
