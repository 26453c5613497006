/**
 * A service that speaks OpenAI's speech and transcription requests (`/audio/speech`, `/audio/transcriptions`): hosted
 * ones, and servers of local models that follow the same two. The key goes to this address alone: redirects are refused.
 */
import type { SpeechConfig } from "../../../shared/speech.ts";
import { AppError, reasonOf } from "../../kernel/errors.ts";
import type { Recognizer } from "./recognizer.ts";
import type { Synthesizer } from "./synthesizer.ts";

export interface ServiceConfig extends Pick<
  SpeechConfig,
  "url" | "speechModel" | "voices" | "transcriptionModel" | "timeoutSeconds"
> {
  apiKey: string | null;
}

/** Six minutes of 48 kHz, 16 bits. */
const mostSoundBytes = 32 * 2 ** 20;
const mostTextBytes = 2 ** 20;
const mostUploadBytes = 25 * 2 ** 20;
const mostToldBytes = 300;
/** What is recorded takes longer to write down than a prompt to speak. */
const transcriptionTimes = 6;

async function readUpTo(response: Response, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const tooLarge = () =>
    new AppError("speech-too-large", 502, `The speech service answered with more than ${most} bytes.`);
  if (Number(response.headers.get("content-length")) > most) {
    await response.body?.cancel();
    throw tooLarge();
  }
  // Leaving the loop by a throw cancels what is still to come.
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > most) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function failure(error: unknown, seconds: number): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof DOMException && error.name === "TimeoutError")
    return new AppError("speech-timeout", 504, `The speech service did not answer in ${seconds} seconds.`, {
      seconds,
    });
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const reason = reasonOf(cause).slice(0, mostToldBytes);
  return new AppError("speech-unreachable", 502, `The speech service cannot be reached: ${reason}.`, {
    reason,
  });
}

/** Errors: `speech-timeout` 504, `speech-unreachable`, `speech-refused` (with its status and words), `speech-too-large` 502. */
async function ask(
  { url, apiKey }: ServiceConfig,
  path: string,
  request: { body: string | FormData; headers?: Record<string, string> },
  { seconds, most }: { seconds: number; most: number },
): Promise<Buffer> {
  try {
    const response = await fetch(`${url}${path}`, {
      method: "POST",
      body: request.body,
      headers: { ...request.headers, ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }) },
      redirect: "error",
      signal: AbortSignal.timeout(seconds * 1000),
    });
    const answer = await readUpTo(response, response.ok ? most : mostTextBytes);
    if (response.ok) return answer;
    const words = answer.subarray(0, mostToldBytes).toString("utf8").replaceAll(/\s+/g, " ");
    // A service may say the key back.
    const reason = apiKey === null ? words : words.replaceAll(apiKey, "***");
    const { status } = response;
    throw new AppError("speech-refused", 502, `The speech service refused (${status}): ${reason}`, {
      status,
      reason,
    });
  } catch (error) {
    throw failure(error, seconds);
  }
}

export function serviceSynthesizer(config: ServiceConfig): Synthesizer {
  const { speechModel: model, voices, timeoutSeconds: seconds } = config;
  return {
    name: ["service", config.url, model, voices.zh, voices.en].join(" "),
    synthesize(text, language) {
      const voice = voices[language];
      const body = { model, input: text, ...(voice && { voice }), response_format: "wav" };
      const request = { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      return ask(config, "/audio/speech", request, { seconds, most: mostSoundBytes });
    },
  };
}

function textOf(answer: Buffer): string {
  try {
    const { text } = JSON.parse(answer.toString("utf8")) as { text?: unknown };
    if (typeof text === "string") return text.trim();
  } catch {
    // Said below.
  }
  throw new AppError("speech-nonsense", 502, "The speech service answered without a transcript.");
}

export function serviceRecognizer(config: ServiceConfig): Recognizer {
  const seconds = config.timeoutSeconds * transcriptionTimes;
  return {
    name: ["service", config.url, config.transcriptionModel].join(" "),
    async transcribe(wav, language) {
      if (wav.length > mostUploadBytes)
        throw new AppError("speech-too-large", 422, "The recording is too long to be written down.");
      const body = new FormData();
      body.set("file", new Blob([new Uint8Array(wav)], { type: "audio/wav" }), "speech.wav");
      body.set("model", config.transcriptionModel);
      body.set("response_format", "json");
      if (language !== null) body.set("language", language);
      return {
        text: textOf(await ask(config, "/audio/transcriptions", { body }, { seconds, most: mostTextBytes })),
      };
    },
  };
}
