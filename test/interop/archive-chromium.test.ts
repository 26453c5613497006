import assert from "node:assert/strict";
import { mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { archiveRecording } from "../../server/media/archive-recording.ts";
import { sineSource, toneLevelDbm0 } from "../../server/media/tones.ts";
import { wavHeader } from "../../server/media/wav.ts";

interface Heard {
  rate: number;
  duration: number;
  elementDuration: number;
  channels: number[][];
}

/** Decodes the archive as the call page's waveform does, and opens it as its player does. */
const decode = `async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (c) => c.codePointAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: "audio/ogg; codecs=opus" }));
  const element = new Audio(url);
  await new Promise((resolve, reject) => {
    element.onloadedmetadata = resolve;
    element.onerror = () => reject(new Error("the player cannot play it"));
  });
  const buffer = await new OfflineAudioContext(2, 8, 8000).decodeAudioData(bytes.buffer);
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, i) => [...buffer.getChannelData(i)]);
  return { rate: buffer.sampleRate, duration: buffer.duration, elementDuration: element.duration, channels };
}`;

test("a browser plays an archive: its length, and each party in its own channel", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "waihu-archive-"));
  const samples = 8000 * 5;
  const [left, right] = [new Int16Array(samples), new Int16Array(samples)];
  sineSource(400, -12)(left);
  sineSource(1000, -12)(right);
  const data = Int16Array.from({ length: 2 * samples }, (_, i) => (i % 2 === 0 ? left : right)[i >> 1]!);
  const [wav, ogg] = [join(folder.path, "a.wav"), join(folder.path, "a.ogg")] as const;
  await writeFile(wav, Buffer.concat([wavHeader(2, data.byteLength), Buffer.from(data.buffer)]));
  await archiveRecording(wav, ogg);

  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const base64 = (await readFile(ogg)).toString("base64");
    const heard = await page.evaluate<Heard>(`(${decode})(${JSON.stringify(base64)})`);
    assert.ok(Math.abs(heard.duration - 5) < 0.01, `${heard.duration} s decoded`);
    assert.ok(Math.abs(heard.elementDuration - 5) < 0.05, `${heard.elementDuration} s to play`);
    assert.equal(heard.channels.length, 2);
    const level = (channel: number, hz: number) => {
      const part = heard.channels[channel]!.slice(heard.rate, 3 * heard.rate);
      return toneLevelDbm0(
        Int16Array.from(part, (value) => value * 32_767),
        hz,
        heard.rate,
      );
    };
    assert.ok(
      Math.abs(level(0, 400) - -12) < 1.5 && level(0, 1000) < -50,
      `left ${level(0, 400)} ${level(0, 1000)}`,
    );
    assert.ok(
      Math.abs(level(1, 1000) - -12) < 1.5 && level(1, 400) < -50,
      `right ${level(1, 1000)} ${level(1, 400)}`,
    );
  } finally {
    await browser.close();
  }
});
