import type { FastifyReply } from "fastify";
import { contentTypes, type Sheet, spreadsheet } from "./spreadsheet.ts";

export function sendFile(
  reply: FastifyReply,
  name: string,
  format: "csv" | "xlsx",
  sheets: readonly [Sheet, ...Sheet[]],
) {
  return reply
    .type(contentTypes[format])
    .header("content-disposition", `attachment; filename="${name}.${format}"`)
    .send(spreadsheet(format, sheets));
}
