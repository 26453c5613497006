import type { FastifyInstance } from "fastify";

const contentSecurityPolicy = (frameAncestors: string) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    // Ant Design writes its styles at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");

const closed = {
  "content-security-policy": contentSecurityPolicy("'none'"),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "microphone=(self), speaker-selection=(self), camera=(), geolocation=()",
};

/** Pages that may stand in a frame of these origins, or in a window that one of them opened and speaks with. */
export interface OpenPages {
  paths: readonly string[];
  origins(): Promise<readonly string[]>;
}

/** `X-Frame-Options` knows no list of origins; a browser that knows `frame-ancestors` ignores it (CSP 3, 6.4.2). */
function openTo(origins: readonly string[]): Record<string, string | undefined> {
  return {
    ...closed,
    "content-security-policy": contentSecurityPolicy(["'self'", ...origins].join(" ")),
    "x-frame-options": undefined,
    // Any other value would cut the window from the page that opened it.
    "cross-origin-opener-policy": "unsafe-none",
  };
}

/** Headers of every answer. The microphone is for our own pages alone; a page that frames one of them hands it on. */
export function setSecurityHeaders(app: FastifyInstance, secure: boolean, openPages?: OpenPages): void {
  app.addHook("onRequest", async (request, reply) => {
    const open = openPages?.paths.includes(request.url.split("?")[0]!) ?? false;
    const origins = open ? await openPages!.origins().catch(() => []) : [];
    const headers = Object.entries(origins.length > 0 ? openTo(origins) : closed);
    for (const [name, value] of headers) if (value !== undefined) void reply.header(name, value);
    if (secure) void reply.header("strict-transport-security", "max-age=31536000");
    // What the API answers may hold personal data: no cache keeps it.
    if (request.url.startsWith("/api/")) void reply.header("cache-control", "no-store");
  });
}
