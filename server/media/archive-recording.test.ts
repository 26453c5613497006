import assert from "node:assert/strict";
import { mkdtempDisposable, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { archiveRecording, restoreRecording } from "./archive-recording.ts";
import { sineSource, toneLevelDbm0 } from "./tones.ts";
import { parseWav, wavChannel, wavHeader } from "./wav.ts";

/** Left 400 Hz, right 1000 Hz and half as long. */
function recording(samples: number): Buffer {
  const [left, right] = [new Int16Array(samples), new Int16Array(samples)];
  sineSource(400, -12)(left);
  sineSource(1000, -12)(right.subarray(0, samples / 2));
  const data = Int16Array.from({ length: 2 * samples }, (_, i) => (i % 2 === 0 ? left : right)[i >> 1]!);
  return Buffer.concat([wavHeader(2, data.byteLength), Buffer.from(data.buffer)]);
}

const samples = 8000 * 6 + 77;
const middle = (x: Int16Array) => x.subarray(8000, 16_000);

describe("archive of a recording", () => {
  test("comes back with its length to the sample, each party in its own channel alone", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "waihu-archive-"));
    const [wav, ogg, back] = ["a.wav", "a.ogg", "back.wav"].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(wav, recording(samples));
    const archived = await archiveRecording(wav, ogg);
    assert.equal(archived.durationMs, 6010);
    assert.equal(archived.bytes, (await readFile(ogg)).length);
    assert.ok(archived.bytes < (samples * 4) / 7, `${archived.bytes} bytes`);
    assert.deepEqual((await readdir(folder.path)).toSorted(), ["a.ogg", "a.wav"]);
    await restoreRecording(ogg, back);
    const file = await readFile(back);
    const info = parseWav(file);
    const [left, right] = [0, 1].map((channel) => wavChannel(file, info, channel)) as [
      Int16Array,
      Int16Array,
    ];
    assert.equal(left.length, samples);
    assert.ok(Math.abs(toneLevelDbm0(middle(left), 400) - -12) < 1);
    assert.ok(Math.abs(toneLevelDbm0(middle(right), 1000) - -12) < 1);
    assert.ok(toneLevelDbm0(middle(left), 1000) < -50 && toneLevelDbm0(middle(right), 400) < -50);
    // Where the tone ends in the original it ends here: nothing is shifted.
    const end = right.findLastIndex((sample) => Math.abs(sample) > 1000);
    assert.ok(Math.abs(end - samples / 2) < 40, `${end - samples / 2} samples off`);
  });

  test("what is no whole archive is refused by name; a failed try leaves nothing, and the original as it was", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "waihu-archive-"));
    const [wav, ogg, out] = ["a.wav", "a.ogg", "out.wav"].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(wav, recording(8000));
    await archiveRecording(wav, ogg);
    const good = await readFile(ogg);
    const damagedOnes = [
      good.subarray(0, good.length - 1),
      good.subarray(0, 200),
      Buffer.alloc(0),
      Buffer.from(good.map((byte, i) => (i === good.length - 300 ? byte ^ 1 : byte))),
    ];
    for (const bytes of damagedOnes) {
      await writeFile(ogg, bytes);
      await assert.rejects(restoreRecording(ogg, out), { code: "archive-damaged" });
    }
    const mono = Buffer.concat([wavHeader(1, 320), Buffer.alloc(320)]);
    await writeFile(wav, mono);
    await assert.rejects(archiveRecording(wav, join(folder.path, "b.ogg")), { code: "not-a-recording" });
    assert.ok((await readFile(wav)).equals(mono));
    assert.ok(!(await readdir(folder.path)).some((name) => name.startsWith("b.")));
  });
});
