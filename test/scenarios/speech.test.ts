import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openSpeech, type Speech, speechRoutes } from "../../server/features/speech/index.ts";
import { openSpeechCache } from "../../server/features/speech/speech-cache.ts";
import { silentLog } from "../../server/kernel/log.ts";
import { levelDbm0 } from "../../server/media/frame.ts";
import { toSound } from "../../server/media/sound-audio.ts";
import { decodeWav } from "../../server/media/wav.ts";
import { speechConfig } from "../../shared/speech.ts";
import { type TestClient, type TestHttp, testHttp } from "../kit/http.ts";
import { type SpeechService, speechService } from "../kit/speech-service.ts";

const dataDir = mkdtempSync(join(tmpdir(), "waihu-speech-"));
let http: TestHttp;
let admin: TestClient;
let speech: Speech;
let service: SpeechService;
before(async () => {
  service = await speechService();
  http = await testHttp(async (app, parts) => {
    speech = await openSpeech({ ...parts, dataDir, toSound, samplesOf: decodeWav, log: silentLog });
    speechRoutes(app, { ...parts, speech, toSound });
  });
  await speech.start();
  admin = await http.as("administrator");
});
after(async () => {
  await http[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});

const config = (change: object = {}) => ({
  ...speechConfig.parse({}),
  synthesis: "service",
  recognition: "service",
  url: `${service.url}/`,
  speechModel: "tts",
  transcriptionModel: "asr",
  timeoutSeconds: 60,
  ...change,
});

const isSpeech = (wav: Buffer) => {
  const samples = decodeWav(wav);
  assert.ok(samples.length > 2000 && levelDbm0(samples) > -40, `${samples.length} samples`);
};

test("the built-in voice speaks both languages, and says nothing twice", async () => {
  const files = await Promise.all([
    speech.fileOf("您好，再见。", "zh"),
    speech.fileOf("Goodbye.", "en"),
    speech.fileOf("Goodbye.", "en"),
  ]);
  assert.equal(new Set(files).size, 2);
  for (const file of files) isSpeech(readFileSync(file));
  assert.deepEqual(await speech.state(), { name: "espeak-ng", problem: null });
});

test("a service speaks and writes down; its key goes in and never comes out", async () => {
  const missing = await admin.put("/api/v1/speech", config({ url: "", speechModel: "" }));
  assert.deepEqual(missing.body.error.detail.fields, ["url", "speechModel"]);
  const { body } = await admin.put(
    "/api/v1/speech",
    config({ apiKey: "s3cret", voices: { zh: "", en: "amy" } }),
  );
  assert.deepEqual([body.hasKey, body.url, "apiKey" in body], [true, service.url, false]);
  const shown = await admin.get("/api/v1/speech");
  const { rows } = await http.database.pool.query(
    "select detail::text from audit_log where action = 'speech.changed'",
  );
  assert.ok(!JSON.stringify([body, shown.body, rows]).includes("s3cret"));

  isSpeech(readFileSync(await speech.fileOf("Twenty-one", "en")));
  const [asked] = service.asked.splice(0);
  assert.deepEqual(
    [asked!.path, asked!.authorization, JSON.parse(asked!.body)],
    [
      "/v1/audio/speech",
      "Bearer s3cret",
      { model: "tts", input: "Twenty-one", voice: "amy", response_format: "wav" },
    ],
  );
  service.hears = " twenty one ";
  const said = { ...config(), text: "Twenty-one", language: "en" };
  assert.deepEqual((await admin.post("/api/v1/speech/transcribe", said)).body, { text: "twenty one" });
  const upload = service.asked.splice(0).at(-1)!;
  assert.equal(upload.path, "/v1/audio/transcriptions");
  for (const part of ['name="model"\r\n\r\nasr', 'name="language"\r\n\r\nen', "RIFF"])
    assert.ok(upload.body.includes(part), part);
  assert.equal((await (await http.as("manager")).get("/api/v1/speech")).status, 403);
});

test("whatever a service does wrong is told to who tries it", async () => {
  const trial = { ...config(), text: "One", language: "en" };
  const wrong: [SpeechService["manner"], number, string][] = [
    ["refuses", 502, "speech-refused"],
    ["endless", 502, "speech-too-large"],
    ["silent", 504, "speech-timeout"],
    ["redirects", 502, "speech-unreachable"],
    ["nonsense", 422, "unsupported-sound"],
  ];
  for (const [manner, status, code] of wrong) {
    service.manner = manner;
    // Only where it is waited for does the time run out.
    const patience = { timeoutSeconds: manner === "silent" ? 1 : 60 };
    const { status: got, body } = await admin.post("/api/v1/speech/listen", { ...trial, ...patience });
    assert.deepEqual([got, body.error.code], [status, code], manner);
    assert.ok(!JSON.stringify(body).includes("s3cret"), "the key was said back");
  }
  const away = { ...trial, url: "http://127.0.0.1:9/v1" };
  assert.equal((await admin.post("/api/v1/speech/listen", away)).body.error.code, "speech-unreachable");
  service.manner = "nonsense";
  const spoken = { ...trial, synthesis: "espeak-ng" };
  assert.equal((await admin.post("/api/v1/speech/transcribe", spoken)).body.error.code, "speech-nonsense");
  assert.ok(
    service.asked.splice(0).every(({ path }) => path.startsWith("/v1/audio/")),
    "no redirect is followed",
  );
});

test("where the service fails the built-in voice speaks, and the service rests before it is asked again", async () => {
  service.manner = "refuses";
  isSpeech(readFileSync(await speech.fileOf("Please wait", "en")));
  isSpeech(readFileSync(await speech.fileOf("Please hold", "en")));
  assert.equal(service.asked.splice(0).length, 1);
  service.manner = "well";
  http.clock.advance(31_000);
  await speech.fileOf("Please wait", "en");
  assert.equal(service.asked.splice(0).length, 1);
  await speech.fileOf("Please wait", "en");
  assert.equal(service.asked.length, 0, "it is kept");
});

test("what was spoken has a bounded room, in which the longest unused makes way", async () => {
  const folder = join(dataDir, "room");
  const cache = await openSpeechCache(folder, 250);
  const made: string[] = [];
  const ask = (room: typeof cache, key: string) =>
    room.fileOf([key], () => {
      made.push(key);
      return Promise.resolve(Buffer.alloc(100));
    });
  for (const key of ["a", "b", "a", "c"]) await ask(cache, key);
  await Promise.all([ask(cache, "a"), ask(cache, "c"), ask(cache, "a")]);
  assert.deepEqual(made.splice(0), ["a", "b", "c"]);
  assert.equal(readdirSync(folder).length, 2);
  const again = await openSpeechCache(folder, 250);
  rmSync(await ask(again, "c"));
  await ask(again, "a");
  await ask(again, "c");
  assert.deepEqual(made, ["c"], "a file that was taken away is made again");
});
