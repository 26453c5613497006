/** Model files of the user's own for sherpa-onnx: a folder each, known by the names its makers give the files. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LocalModel } from "../../../shared/speech.ts";
import { AppError } from "../../kernel/errors.ts";

/** `OfflineModelConfig` of sherpa-onnx, as far as it is used. */
export type ModelConfig = Record<string, unknown> & { tokens: string };

/** The smaller, quantised file where there are both. */
function pick(files: readonly string[], pattern: RegExp): string | undefined {
  const found = files.filter((file) => pattern.test(file) && file.endsWith(".onnx"));
  return found.find((file) => file.includes("int8")) ?? found[0];
}

/**
 * What kind of model a folder holds, and its configuration; undefined: none that is known. A CTC model of one file is told from
 * others by the folder's name, which its makers give it: `sense-voice`, `paraformer`, `nemo`, `wenet`, else zipformer.
 */
export function modelIn(
  folder: string,
  files: readonly string[],
): { kind: string; config: ModelConfig } | undefined {
  const tokens = files.find((file) => /(^|-)tokens\.txt$/.test(file));
  if (!tokens) return undefined;
  const at = (file: string) => join(folder, file);
  const [encoder, decoder, joiner] = [/encoder/, /decoder/, /joiner/].map((part) => pick(files, part));
  const whole = (kind: string, parts: Record<string, unknown>) => ({
    kind,
    config: { tokens: at(tokens), numThreads: 1, provider: "cpu", ...parts },
  });
  if (encoder && decoder && joiner)
    return whole("transducer", {
      transducer: { encoder: at(encoder), decoder: at(decoder), joiner: at(joiner) },
    });
  if (encoder && decoder)
    return whole("whisper", { whisper: { encoder: at(encoder), decoder: at(decoder), task: "transcribe" } });
  const file = pick(files, /model|^[^/]*$/);
  if (!file) return undefined;
  const model = { model: at(file) };
  const name = folder.toLowerCase();
  if (name.includes("sense-voice"))
    return whole("sense-voice", {
      senseVoice: { ...model, language: "auto", useInverseTextNormalization: 1 },
    });
  if (name.includes("paraformer")) return whole("paraformer", { paraformer: model });
  if (name.includes("nemo")) return whole("nemo-ctc", { nemoCtc: model });
  if (name.includes("wenet")) return whole("wenet-ctc", { wenetCtc: model });
  return whole("zipformer-ctc", { zipformerCtc: model });
}

/** The folders of the models' folder; `kind` null: it holds no model that is known. */
export async function localModels(folder: string): Promise<LocalModel[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name);
      return { name, kind: modelIn(path, await readdir(path))?.kind ?? null };
    }),
  );
}

/** Errors: `local-model-missing` 409. */
export async function configOfModel(folder: string, name: string): Promise<ModelConfig> {
  const path = join(folder, name);
  const found = modelIn(path, await readdir(path).catch(() => []));
  if (found) return found.config;
  throw new AppError("local-model-missing", 409, `There is no model in ${path}.`, { path });
}
