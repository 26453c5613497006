import { embedding, embeddingQuery } from "../../../shared/embed-origin.ts";
import type { HttpApp } from "../../kernel/http/server.ts";
import type { EmbedOrigins } from "./embed-origins.ts";

/** How a browser says from where a page asks (W3C Fetch Metadata); absent in old ones and over plain HTTP. */
function isSameSite(header: string | string[] | undefined): boolean | null {
  if (header === "same-site" || header === "same-origin") return true;
  return header === "cross-site" ? false : null;
}

/**
 * What the script of another page and our page within it ask first. A page of an origin that is not listed cannot read
 * the answer (no CORS header); our own page asks about the origin of a message before it believes it.
 */
export function embeddingRoutes(app: HttpApp, { embedOrigins }: { embedOrigins: EmbedOrigins }): void {
  app.get(
    "/api/v1/embedding",
    { config: { allow: "public" }, schema: { querystring: embeddingQuery, response: { 200: embedding } } },
    async (request, reply) => {
      const listed = await embedOrigins();
      const { origin } = request.headers;
      void reply.header("vary", "origin, sec-fetch-site");
      if (origin !== undefined && listed.includes(origin))
        void reply.header("access-control-allow-origin", origin);
      return {
        allowed: listed.includes(request.query.origin),
        sameSite: isSameSite(request.headers["sec-fetch-site"]),
      };
    },
  );
}
