/** The built-in voice: espeak-ng as a subprocess, 17 to 32 ms a prompt. */
import { spawn } from "node:child_process";
import type { Language } from "../../../shared/common.ts";
import { AppError } from "../../kernel/errors.ts";
import type { Synthesizer } from "./synthesizer.ts";

/** `cmn-latn-pinyin` reads characters and pinyin; plain `cmn` spells Latin letters as English. */
const espeakVoices: Readonly<Record<Language, string>> = { zh: "cmn-latn-pinyin", en: "en-us" };
const wordsPerMinute = 160;
const limitMs = 20_000;

export function espeakSynthesizer(command = "espeak-ng"): Synthesizer {
  return {
    name: "espeak-ng",
    synthesize(text, language) {
      const args = ["-v", espeakVoices[language], "-s", String(wordsPerMinute), "--stdin", "--stdout"];
      return new Promise((resolve, reject) => {
        const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], timeout: limitMs });
        const sound: Buffer[] = [];
        let words = "";
        child.stdout.on("data", (chunk: Buffer) => sound.push(chunk));
        child.stderr.on("data", (chunk: Buffer) => (words += chunk.toString()));
        child.stdin.on("error", () => undefined);
        child.on("error", (error: NodeJS.ErrnoException) => {
          const missing =
            "The voice espeak-ng is not installed. Install the package espeak-ng on the server.";
          reject(
            error.code === "ENOENT"
              ? new AppError("voice-missing", 503, missing)
              : new AppError("voice-failed", 502, `The voice failed: ${error.message}.`),
          );
        });
        child.on("close", (code) => {
          const wav = Buffer.concat(sound);
          if (code === 0 && wav.length > 44) return resolve(wav);
          reject(new AppError("voice-failed", 502, `The voice failed (${code}): ${words.slice(0, 200)}.`));
        });
        child.stdin.end(text);
      });
    },
  };
}
