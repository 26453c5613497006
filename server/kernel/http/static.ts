import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { AppError } from "../errors.ts";
import { bodyOf } from "./failures.ts";

/**
 * Serves the built web interface, packed beforehand (`tools/packed-files.ts`). A path that is neither a file nor the
 * API's is a page of the single-page application. Files under /assets carry their hash in the name and are kept for a
 * year.
 */
export async function serveWeb(app: FastifyInstance, dir: string): Promise<void> {
  const built = existsSync(join(dir, "index.html"));
  if (built)
    await app.register(fastifyStatic, {
      root: dir,
      wildcard: true,
      index: ["index.html"],
      cacheControl: false,
      preCompressed: true,
      setHeaders(reply, path) {
        const kept = path.includes("/assets/");
        reply.header("vary", "accept-encoding");
        reply.header("cache-control", kept ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (!page || request.url.startsWith("/api/")) {
      const path = request.url.split("?")[0]!;
      return reply.code(404).send(bodyOf(new AppError("not-found", 404, `No ${request.method} ${path}.`)));
    }
    if (built)
      return reply.header("cache-control", "no-cache").sendFile("index.html", dir, { cacheControl: false });
    return reply
      .code(503)
      .type("text/plain; charset=utf-8")
      .send("The web interface is not built: run `npm start`.\n");
  });
}
