import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import multipart from "@fastify/multipart";
import { type TestClient, type TestHttp, testHttp } from "../kit/http.ts";
import { until } from "../kit/until.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { renderSound, toSound } from "../../server/media/sound-audio.ts";
import { levelDbm0 } from "../../server/media/frame.ts";
import { renderSignal, sineSource } from "../../server/media/tones.ts";
import { decodeWav, toWav } from "../../server/media/wav.ts";
import { promptRoutes } from "../../server/features/sounds/routes-prompts.ts";
import { soundRoutes } from "../../server/features/sounds/routes.ts";
import { openSounds, type Sounds } from "../../server/features/sounds/sounds.ts";
import { espeakSynthesizer } from "../../server/features/speech/espeak.ts";
import { openSpeech } from "../../server/features/speech/index.ts";
import type { Synthesizer } from "../../server/features/speech/synthesizer.ts";

const dataDir = mkdtempSync(join(tmpdir(), "waihu-sounds-"));
const said: string[] = [];
const espeak = espeakSynthesizer();
/** The real voice, with an account of what it was asked. */
const voice: Synthesizer = {
  name: espeak.name,
  synthesize(text, language) {
    said.push(text);
    return espeak.synthesize(text, language);
  },
};
let http: TestHttp;
let admin: TestClient;
let sounds: Sounds;
before(async () => {
  http = await testHttp(async (app, parts) => {
    await app.register(multipart);
    const audio = { toSound, render: renderSound };
    const speech = await openSpeech({
      ...parts,
      dataDir,
      toSound,
      samplesOf: decodeWav,
      log: silentLog,
      builtIn: voice,
    });
    sounds = await openSounds({ ...parts, dataDir, speech });
    soundRoutes(app, { ...parts, sounds, speech, audio });
    promptRoutes(app, { ...parts, sounds, speech, audio });
  });
  await sounds.start();
  admin = await http.as("administrator");
});
after(async () => {
  sounds[Symbol.dispose]();
  await http[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});

const tone = () => {
  const samples = new Int16Array(16_000);
  sineSource(440, -15)(samples);
  return toWav(samples);
};

function upload(name: string, file: Buffer) {
  const boundary = "edge";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\ncontent-type: audio/wav\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return admin.send("POST", `/api/v1/sounds?name=${name}`, body, {
    "content-type": `multipart/form-data; boundary=${boundary}`,
  });
}

test("a sound is uploaded, becomes music on hold, and cannot be deleted while it is", async () => {
  const made = await upload("Music", tone());
  assert.deepEqual([made.status, made.body.durationMs, made.body.isHoldMusic], [201, 2000, false]);
  assert.equal((await upload("Music", tone())).body.error.code, "sound-name-taken");
  assert.equal((await upload("Other", Buffer.from("ID3 no"))).body.error.code, "unsupported-sound");
  assert.equal(sounds.holdMusic(), undefined);
  await admin.patch("/api/v1/settings", { holdSoundIds: [made.body.id, 999] });
  await until("the choice is known", () => sounds.holdMusic() !== undefined);
  assert.deepEqual(sounds.holdMusic(), { sequence: [{ file: sounds.pathOf(made.body.id) }] });
  const refused = await admin.delete(`/api/v1/sounds/${made.body.id}`);
  assert.equal(refused.body.error.code, "in-use");
  await admin.patch("/api/v1/settings", { holdSoundIds: [] });
  assert.equal((await admin.delete(`/api/v1/sounds/${made.body.id}`)).status, 204);
});

test("a prompt speaks its variables, plays sounds and tones in order; the same text is spoken once", async () => {
  const { body: sound } = await upload("Jingle", tone());
  const input = {
    name: "Reminder",
    language: "zh",
    parts: [
      { kind: "text", text: "{{name}}您好，您应付{{sum|amount}}。" },
      { kind: "sound", soundId: sound.id },
      { kind: "silence", ms: 500 },
      { kind: "tone", signal: "busy" },
    ],
  };
  const made = await admin.post("/api/v1/prompts", input);
  assert.deepEqual([made.status, made.body.variables], [201, ["name", "sum"]]);
  const prompt = await sounds.play(made.body, { name: "王芳", sum: "12.5" });
  assert.deepEqual(said, ["王芳您好，您应付十二元五角。"]);
  const samples = decodeWav(await renderSound(prompt));
  const spoken = samples.length - 16_000 - 4000 - renderSignal("CN", "busy").length;
  assert.ok(spoken > 8000, "something is said");
  assert.ok(levelDbm0(samples.subarray(0, spoken)) > -40);
  await sounds.play(made.body, { name: "王芳", sum: "12.50" });
  assert.equal(said.length, 1);

  await admin.patch("/api/v1/settings", { abandonPromptId: made.body.id });
  await until(
    "the choice is known",
    () => sounds.abandonMessage({ name: "王芳", sum: "12.5" }) !== undefined,
  );
  assert.equal((await admin.delete(`/api/v1/prompts/${made.body.id}`)).body.error.code, "in-use");
  assert.equal((await admin.delete(`/api/v1/sounds/${sound.id}`)).body.error.code, "in-use");
  const lost = { ...input, name: "Lost", parts: [{ kind: "sound", soundId: 999 }] };
  assert.equal((await admin.post("/api/v1/prompts", lost)).body.error.code, "prompt-sound-missing");
});

test("a voice that is not installed says so", async () => {
  await assert.rejects(espeakSynthesizer("no-such-voice").synthesize("1", "en"), { code: "voice-missing" });
});
