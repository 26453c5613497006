import { z } from "zod";

const rule = /^https?:\/\/([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

/** As browsers write an origin (RFC 6454, 6.2): lower case, no default port, no path. */
const asBrowsersWrite = (typed: string) =>
  typed
    .trim()
    .toLowerCase()
    .replace(/\/+$/, "")
    .replace(/^(https:.*):443$/, "$1")
    .replace(/^(http:.*):80$/, "$1");

/** Scheme, host and port of pages that may have the desk within them, such as `https://crm.example.com`. */
export const embedOrigin = z.string().max(300).overwrite(asBrowsersWrite).regex(rule);

/** `GET /api/v1/embedding?origin=…`: what a page of that origin may do. Public. */
export const embeddingQuery = z.object({ origin: z.string().max(300) });
export const embedding = z.object({
  allowed: z.boolean(),
  /**
   * The asking page is of the same site as we are, so that a frame in it has the agent's session. Null when the browser
   * does not say (`Sec-Fetch-Site`).
   */
  sameSite: z.boolean().nullable(),
});
