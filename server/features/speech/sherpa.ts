/** Writes down what was said with a model on this machine, in a process of its own that ends when nobody asks. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Clock, Timer } from "../../kernel/clock.ts";
import { AppError } from "../../kernel/errors.ts";
import type { Recognizer } from "./recognizer.ts";
import { configOfModel } from "./sherpa-models.ts";

const entry = fileURLToPath(new URL("sherpa-process.ts", import.meta.url));
/** A model is some hundred megabytes in memory. */
const idleMs = 5 * 60_000;
const limitMs = 10 * 60_000;

type Answer = { id: number; text: string } | { id: number; error: string };

export interface LocalRecognizer extends Recognizer, Disposable {}

export function localRecognizer(deps: {
  /** Where models are, a folder each. */
  folder: string;
  model: string;
  /** A WAV file of any usual format as samples at 8 kHz. */
  samplesOf: (wav: Buffer) => Int16Array;
  clock: Clock;
}): LocalRecognizer {
  const { clock } = deps;
  let child: ChildProcess | undefined;
  let idle: Timer | undefined;
  let last = 0;
  const waiting = new Map<number, PromiseWithResolvers<string>>();

  function end(): void {
    idle?.cancel();
    child?.kill("SIGKILL");
    child = undefined;
  }

  function begin(config: object): ChildProcess {
    const started = fork(entry, [JSON.stringify(config)], {
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    started.on("message", (answer: Answer) => {
      const one = waiting.get(answer.id);
      if ("text" in answer) one?.resolve(answer.text);
      else if (answer.error === "missing")
        one?.reject(new AppError("local-recognizer-missing", 409, "sherpa-onnx-node is not installed."));
      else one?.reject(new AppError("local-model-failed", 502, answer.error));
    });
    started.on("exit", () => {
      if (child === started) child = undefined;
      for (const one of waiting.values())
        one.reject(
          new AppError("local-model-failed", 502, "The model's files could not be used; see the log."),
        );
    });
    return started;
  }

  async function ask(samples: Float32Array): Promise<string> {
    child ??= begin(await configOfModel(deps.folder, deps.model));
    idle?.cancel();
    const id = ++last;
    const answer = Promise.withResolvers<string>();
    waiting.set(id, answer);
    const late = clock.after(limitMs, () => {
      answer.reject(
        new AppError("speech-timeout", 504, "The model did not answer in time.", { seconds: limitMs / 1000 }),
      );
      end();
    });
    child.send({ id, samples, sampleRate: 8000 });
    try {
      return await answer.promise;
    } finally {
      late.cancel();
      waiting.delete(id);
      if (waiting.size === 0) idle = clock.after(idleMs, end);
    }
  }

  return {
    name: `sherpa-onnx ${deps.model}`,
    async transcribe(wav) {
      const samples = Float32Array.from(deps.samplesOf(wav), (sample) => sample / 32_768);
      return { text: await ask(samples) };
    },
    [Symbol.dispose]: end,
  };
}
