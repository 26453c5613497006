export { createEmbedOrigins, type EmbedOrigins } from "./embed-origins.ts";
export { embeddingRoutes } from "./routes.ts";
