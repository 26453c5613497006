import type { z } from "zod";
import { errorBody } from "../../shared/common.ts";
import { askToSignInAgain } from "./reauthentication.ts";

/** What the server refused or why it could not be reached; `code` is a key under `errors.` in the dictionaries. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: Record<string, unknown>;

  constructor(status: number, code: string, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

export const base = "/api/v1";
/** The server refuses a changing request of a browser without it: another site cannot send it. */
export const csrfHeader = { "x-waihu": "1" };

export type Query = Record<string, string | number | boolean | null | undefined>;

/** `path` under `/api/v1` with the given query; empty values are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  const text = params.toString();
  return base + path + (text ? `?${text}` : "");
}

interface Options {
  query?: Query | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
  headers?: Record<string, string> | undefined;
  /** The sign-in request itself must not ask to sign in. */
  anonymous?: boolean;
}

export function errorFrom(status: number, text: string): ApiError {
  try {
    const { error } = errorBody.parse(JSON.parse(text));
    return new ApiError(status, error.code, error.message, error.detail);
  } catch {
    return new ApiError(
      status,
      status >= 502 ? "server-unreachable" : "unexpected",
      text.slice(0, 200) || `HTTP ${status}`,
    );
  }
}

async function send(method: string, path: string, options: Options): Promise<Response> {
  const { body } = options;
  const json = body !== undefined && !(body instanceof FormData);
  try {
    return await fetch(apiUrl(path, options.query), {
      method,
      headers: { ...csrfHeader, ...options.headers, ...(json ? { "content-type": "application/json" } : {}) },
      body: json ? JSON.stringify(body) : (body ?? null),
      signal: options.signal ?? null,
      credentials: "same-origin",
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "server-unreachable", String(error));
  }
}

async function request<S extends z.ZodType>(
  method: string,
  path: string,
  schema: S | null,
  options: Options,
): Promise<z.output<S>> {
  let response = await send(method, path, options);
  if (response.status === 401 && !options.anonymous && (await askToSignInAgain()))
    response = await send(method, path, options);
  const text = await response.text();
  if (!response.ok) throw errorFrom(response.status, text);
  if (!schema) return undefined as z.output<S>;
  const data: unknown = JSON.parse(text);
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  // A page that still shows what it can serves better than none; the console names what differs.
  // oxlint-disable-next-line no-console -- seen by whoever runs the browser tests
  console.error(`${method} ${path} answered another shape`, parsed.error.issues);
  return data as z.output<S>;
}

/** Typed requests: each names the shared schema of its answer, or `null` when the answer is not read. */
export const api = {
  get: <S extends z.ZodType>(path: string, schema: S, query?: Query, signal?: AbortSignal) =>
    request("GET", path, schema, { query, signal }),
  post: <S extends z.ZodType>(
    path: string,
    schema: S | null,
    body?: unknown,
    headers?: Record<string, string>,
  ) => request("POST", path, schema, { body, headers }),
  put: <S extends z.ZodType>(path: string, schema: S | null, body: unknown) =>
    request("PUT", path, schema, { body }),
  patch: <S extends z.ZodType>(path: string, schema: S | null, body: unknown) =>
    request("PATCH", path, schema, { body }),
  delete: (path: string, query?: Query) => request("DELETE", path, null, { query }),
  /** Without the offer to sign in again. */
  anonymous: <S extends z.ZodType>(method: "GET" | "POST", path: string, schema: S | null, body?: unknown) =>
    request(method, path, schema, { body, anonymous: true }),
};
