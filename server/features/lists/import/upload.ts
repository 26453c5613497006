import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError, invalid } from "../../../kernel/errors.ts";
import { fileKind } from "./file-kind.ts";

export interface Upload {
  fileName: string;
  /** `truncated` when the limit was reached. */
  stream: Readable & { truncated?: boolean };
}

export interface StoredUpload {
  /** In the imports folder. */
  path: string;
  fileName: string;
  format: "csv" | "xlsx";
  bytes: number;
}

/** The last part of the name, without what a terminal or a page would obey. */
const safeName = (name: string) =>
  // oxlint-disable-next-line no-control-regex -- control characters are what it removes
  (name.split(/[/\\]/).at(-1) ?? "").replaceAll(/[\u0000-\u001f\u007f<>]/g, "").slice(0, 200) || "file";

/**
 * Writes an upload to disk as it comes and looks what it is; whatever goes wrong leaves no file behind.
 * Errors: `file-too-large` 413, `disk-full` 507, and those of `fileKind`.
 */
export async function storeUpload(
  upload: Upload,
  pathOf: (name: string) => string,
  maxBytes: number,
): Promise<StoredUpload> {
  const name = `${randomUUID()}.upload`;
  const path = pathOf(name);
  try {
    await pipeline(upload.stream, createWriteStream(path));
    if (upload.stream.truncated)
      throw new AppError("file-too-large", 413, "The file is larger than allowed; split it.", {
        maxMb: Math.floor(maxBytes / 2 ** 20),
      });
    const { format } = await fileKind(path);
    const { size } = await stat(path);
    return { path: name, fileName: safeName(upload.fileName), format, bytes: size };
  } catch (error) {
    await rm(path, { force: true });
    if ((error as NodeJS.ErrnoException).code === "ENOSPC")
      throw new AppError("disk-full", 507, "The server's disk is full; nothing was stored.");
    if ((error as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE")
      throw invalid("upload-cut-off", "The upload was cut off; send the file again.");
    throw error;
  }
}
