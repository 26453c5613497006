import { open } from "node:fs/promises";
import { AppError } from "../kernel/errors.ts";
import { parseWav, wavHeader, wavHeaderBytes } from "./wav.ts";

/**
 * Repairs the header of a recording that a crash left open: sizes are set to what is on the disk, a torn last sample
 * is cut. A file without a whole header is begun anew, empty. Returns the length. Rejects when the file cannot be
 * opened, and with `not-a-recording` when its header is another's.
 */
export async function recoverRecording(path: string): Promise<{ durationMs: number; bytes: number }> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(wavHeaderBytes);
    await file.read(head, 0, wavHeaderBytes, 0);
    const whole = size >= wavHeaderBytes;
    if (whole && head.toString("latin1", 36, 40) !== "data")
      throw new AppError(
        "not-a-recording",
        422,
        `${path} was not written by this system; it is left as it is.`,
      );
    const channels = whole ? parseWav(head).channels : 2;
    const dataBytes = whole ? size - wavHeaderBytes - ((size - wavHeaderBytes) % (channels * 2)) : 0;
    await file.write(wavHeader(channels, dataBytes), 0, wavHeaderBytes, 0);
    await file.truncate(wavHeaderBytes + dataBytes);
    await file.sync();
    return { durationMs: Math.round(dataBytes / (channels * 16)), bytes: wavHeaderBytes + dataBytes };
  } finally {
    await file.close();
  }
}
