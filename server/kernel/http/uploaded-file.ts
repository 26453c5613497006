import type { FastifyRequest } from "fastify";
import { invalid } from "../errors.ts";

/** The one file of a multipart request, of at most so many bytes. Errors: `no-file` 422; 413 when it is larger. */
export async function uploadedFile(
  request: FastifyRequest,
  maxBytes: number,
): Promise<{ name: string; bytes: Buffer }> {
  if (!request.isMultipart()) throw invalid("no-file", "Send the file as multipart/form-data.");
  const file = await request.file({ limits: { fileSize: maxBytes } });
  if (!file) throw invalid("no-file", "The request has no file.");
  return { name: file.filename, bytes: await file.toBuffer() };
}
