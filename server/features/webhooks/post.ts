import { reasonOf } from "../../kernel/errors.ts";
import type { Answer } from "./after-attempt.ts";

export type Posted = { answer: Answer; text: string | null; error: string | null };

const mostRead = 1024;

/** The first kilobyte of an answer; the rest is not waited for. */
async function beginOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const parts: Uint8Array[] = [];
  for (let read = 0; read < mostRead;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    read += value.byteLength;
  }
  await reader.cancel();
  const bytes = Buffer.concat(parts).subarray(0, mostRead);
  // PostgreSQL keeps no NUL in a text.
  return bytes.toString("utf8").replaceAll("\0", "");
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), as ms from `now`. */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

const wasTooLong = (error: unknown) => error instanceof DOMException && error.name === "TimeoutError";

/** One request. Never throws: no answer is an answer as well. Redirects are not followed, for nobody signed for where they lead. */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  { timeoutMs, now, signal }: { timeoutMs: number; now: number; signal: AbortSignal },
): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "user-agent": "Waihu-Webhooks", ...headers },
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const { status } = response;
    const text = await beginOf(response);
    const retryAfterMs = retryAfter(response.headers.get("retry-after"), now);
    return {
      answer: { status, retryAfterMs },
      text,
      error: status >= 300 && status < 400 ? "redirect" : null,
    };
  } catch (error) {
    const kind = wasTooLong(error) ? "timeout" : "network";
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return {
      answer: { error: kind },
      text: kind === "network" ? reasonOf(cause).slice(0, mostRead) : null,
      error: kind,
    };
  }
}
