import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "../../kernel/clock.ts";
import { localRecognizer } from "./sherpa.ts";

test("files that are no model end their own process, and are told of as such, again and again; a missing model is named", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waihu-models-"));
  await mkdir(join(folder, "nemo-broken"));
  for (const file of ["model.onnx", "tokens.txt"])
    await writeFile(join(folder, "nemo-broken", file), "not one");
  const recognizer = (model: string) =>
    localRecognizer({ folder, model, samplesOf: () => new Int16Array(8000), clock: systemClock });
  using broken = recognizer("nemo-broken");
  for (const _ of [1, 2])
    await assert.rejects(broken.transcribe(Buffer.alloc(0), null), { code: "local-model-failed" });
  using missing = recognizer("nowhere");
  await assert.rejects(missing.transcribe(Buffer.alloc(0), null), { code: "local-model-missing" });
  await rm(folder, { recursive: true });
});
