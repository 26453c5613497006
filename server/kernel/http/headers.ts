import type { FastifyInstance } from "fastify";

const contentSecurityPolicy = [
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
  "frame-ancestors 'none'",
].join("; ");

/** Headers of every answer. The microphone is for our own pages alone. */
export function setSecurityHeaders(app: FastifyInstance, secure: boolean): void {
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers({
      "content-security-policy": contentSecurityPolicy,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "microphone=(self), speaker-selection=(self), camera=(), geolocation=()",
    });
    if (secure) void reply.header("strict-transport-security", "max-age=31536000");
    // What the API answers may hold personal data: no cache keeps it.
    if (request.url.startsWith("/api/")) void reply.header("cache-control", "no-store");
  });
}
