import assert from "node:assert/strict";
import { test } from "node:test";
import { modelIn } from "./sherpa-models.ts";

test("a model is known by its files and its folder's name; the quantised file is taken; what is no model is none", () => {
  const cases: [folder: string, files: string[], kind: string | undefined][] = [
    ["/m/zipformer", ["tokens.txt", "encoder.onnx", "decoder.onnx", "joiner.onnx"], "transducer"],
    ["/m/whisper-tiny", ["tiny-tokens.txt", "tiny-encoder.onnx", "tiny-decoder.onnx"], "whisper"],
    ["/m/sense-voice-zh", ["tokens.txt", "model.int8.onnx"], "sense-voice"],
    ["/m/paraformer-zh", ["tokens.txt", "model.onnx"], "paraformer"],
    ["/m/nemo-ctc-en", ["tokens.txt", "model.onnx"], "nemo-ctc"],
    ["/m/other", ["tokens.txt", "model.onnx"], "zipformer-ctc"],
    ["/m/empty", [], undefined],
    ["/m/words", ["tokens.txt"], undefined],
    ["/m/no-words", ["model.onnx"], undefined],
  ];
  for (const [folder, files, kind] of cases) assert.equal(modelIn(folder, files)?.kind, kind, folder);
  const { config } = modelIn("/m/sense-voice", ["tokens.txt", "model.onnx", "model.int8.onnx"])!;
  assert.equal((config["senseVoice"] as { model: string }).model, "/m/sense-voice/model.int8.onnx");
});
