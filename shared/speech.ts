import { z } from "zod";
import { languages } from "./common.ts";

export const synthesisEngines = ["espeak-ng", "service"] as const;
export const recognitionEngines = ["none", "service", "sherpa-onnx"] as const;

const name = z.string().trim().max(200);
const serviceUrl = z.union([
  z.literal(""),
  z
    .url({ protocol: /^https?$/ })
    .max(500)
    .overwrite((url) => url.replace(/\/+$/, "")),
]);

/** Who speaks and who writes down what was said. A service speaks OpenAI's `/audio/speech` and `/audio/transcriptions`. */
export const speechConfig = z.object({
  synthesis: z.enum(synthesisEngines).default("espeak-ng"),
  recognition: z.enum(recognitionEngines).default("none"),
  /** What comes before `/audio/speech`, such as `https://speech.example.com/v1`. */
  url: serviceUrl.default(""),
  speechModel: name.default(""),
  voices: z.object({ zh: name, en: name }).default({ zh: "", en: "" }),
  transcriptionModel: name.default(""),
  /** The folder of a model of one's own, for sherpa-onnx; one of `speechModels`. */
  localModel: name.regex(/^(?!\.)[^/\\]*$/).default(""),
  /** An answer is waited for so long; then the built-in voice speaks. */
  timeoutSeconds: z.number().int().min(1).max(60).default(8),
});
export type SpeechConfig = z.output<typeof speechConfig>;

/** `PUT /api/v1/speech`. `apiKey` left out keeps the one that is stored, null removes it; it never comes out. */
export const speechInput = speechConfig.extend({ apiKey: z.string().trim().min(1).max(500).nullish() });
export type SpeechInput = z.output<typeof speechInput>;

/** `GET /api/v1/speech`. `problem`: an error's code that keeps the built-in voice from speaking. */
export const speechState = speechConfig.extend({ hasKey: z.boolean() });
export type SpeechState = z.output<typeof speechState>;

/** `POST /api/v1/speech/listen`: WAV of what would be heard with this configuration, before it is saved. */
export const speechTrial = speechInput.extend({
  text: z.string().trim().min(1).max(500),
  language: z.enum(languages),
});
/** `POST /api/v1/speech/transcribe`: the text is spoken and written down again. */
export const speechHeard = z.object({ text: z.string() });

/** What the chosen engines still need; empty: nothing. */
export function speechGaps(
  config: SpeechConfig,
): ("url" | "speechModel" | "transcriptionModel" | "localModel")[] {
  const { synthesis, recognition, url, speechModel, transcriptionModel, localModel } = config;
  return [
    ...(url === "" && (synthesis === "service" || recognition === "service") ? (["url"] as const) : []),
    ...(synthesis === "service" && speechModel === "" ? (["speechModel"] as const) : []),
    ...(recognition === "service" && transcriptionModel === "" ? (["transcriptionModel"] as const) : []),
    ...(recognition === "sherpa-onnx" && localModel === "" ? (["localModel"] as const) : []),
  ];
}

/** `GET /api/v1/speech/models`: the folders under `folder` on the server; `kind` null: no model that is known. */
const localModel = z.object({ name: z.string(), kind: z.string().nullable() });
export type LocalModel = z.infer<typeof localModel>;
export const speechModels = z.object({ folder: z.string(), items: z.array(localModel) });
