import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { docsPage, type OpenApiDocument } from "./docs-page.ts";

function accessSentence(allow: unknown): string {
  if (allow === "public") return "Public.";
  if (allow === "signed-in") return "For everyone who is signed in.";
  return `Permission: ${[allow].flat().join(" or ")}.`;
}

/** OpenAPI 3 from the routes' zod schemas, with a page to read it. Register before any route. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Waihu API", version, description: "The HTTP interface of Waihu." },
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "An API token made on the settings page." },
        },
      },
      security: [{ token: [] }],
    },
    transform(route) {
      const described = jsonSchemaTransform(route);
      const tag = route.url.split("/")[3] ?? "api";
      const { allow, idempotent } = (route.route.config ?? {}) as { allow?: unknown; idempotent?: boolean };
      const schema = described.schema as Record<string, unknown>;
      const keyed = idempotent && "Takes an Idempotency-Key.";
      const sentence = [schema["description"], accessSentence(allow), keyed].filter(Boolean).join(" ");
      return {
        ...described,
        schema: {
          tags: [tag],
          ...schema,
          description: sentence,
          ...(allow === "public" && { security: [] }),
        },
      };
    },
    transformObject: jsonSchemaTransformObject,
  });
  app.get("/api/v1/openapi.json", { config: { allow: "public" }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
  app.get("/api/v1/docs", { config: { allow: "public" }, schema: { hide: true } }, async (_request, reply) =>
    reply.type("text/html; charset=utf-8").send(docsPage(app.swagger() as OpenApiDocument)),
  );
}
