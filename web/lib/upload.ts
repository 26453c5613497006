import type { z } from "zod";
import { apiUrl, csrfHeader, errorFrom, ApiError, type Query } from "./api.ts";
import { askToSignInAgain } from "./reauthentication.ts";

interface Answer {
  status: number;
  text: string;
}

/** fetch tells nothing of what has been sent; XMLHttpRequest does. */
function post(url: string, file: File, onProgress: (share: number) => void, signal: AbortSignal) {
  return new Promise<Answer>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    for (const [name, value] of Object.entries(csrfHeader)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener("load", () => resolve({ status: request.status, text: request.responseText }));
    request.addEventListener("error", () => reject(new ApiError(0, "server-unreachable", "upload failed")));
    request.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    const body = new FormData();
    body.append("file", file);
    request.send(body);
  });
}

/** Sends one file as multipart form data; `onProgress` gets shares of 1. */
export async function upload<S extends z.ZodType>(
  path: string,
  schema: S,
  file: File,
  options: { query?: Query; onProgress: (share: number) => void; signal: AbortSignal },
): Promise<z.output<S>> {
  const url = apiUrl(path, options.query);
  let answer = await post(url, file, options.onProgress, options.signal);
  if (answer.status === 401 && (await askToSignInAgain()))
    answer = await post(url, file, options.onProgress, options.signal);
  if (answer.status >= 300) throw errorFrom(answer.status, answer.text);
  return schema.parse(JSON.parse(answer.text));
}
