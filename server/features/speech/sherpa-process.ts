/**
 * Runs one local model: its library ends the process over files it does not like, and decoding takes a core. Started with the
 * model's configuration as JSON; answers each `{ id, samples, sampleRate }` with `{ id, text }` or `{ id, error }`.
 */
import { setPriority } from "node:os";

interface Stream {
  acceptWaveform(sound: { samples: Float32Array; sampleRate: number }): void;
}
interface Engine {
  createStream(): Stream;
  decode(stream: Stream): void;
  getResult(stream: Stream): { text: string };
}
interface Sherpa {
  OfflineRecognizer: new (config: object) => Engine;
}

const [modelConfig = "{}"] = process.argv.slice(2);
const name = "sherpa-onnx-node";
let engine: Engine | undefined;

async function start(): Promise<Engine> {
  const library = (await import(name)) as { default: Sherpa };
  setPriority(10);
  return new library.default.OfflineRecognizer({
    featConfig: { sampleRate: 16_000, featureDim: 80 },
    modelConfig: JSON.parse(modelConfig) as object,
  });
}

process.on("message", (asked: { id: number; samples: Float32Array; sampleRate: number }) => {
  const { id, samples, sampleRate } = asked;
  const answer = async () => {
    engine ??= await start();
    const stream = engine.createStream();
    stream.acceptWaveform({ samples, sampleRate });
    engine.decode(stream);
    process.send?.({ id, text: engine.getResult(stream).text.trim() });
  };
  answer().catch((error: unknown) => {
    const isMissing = (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    process.send?.({ id, error: isMissing ? "missing" : String(error) });
  });
});
