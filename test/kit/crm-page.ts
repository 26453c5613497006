import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const example = join(import.meta.dirname, "../../docs/examples/crm-page.html");

/** The documented example of another system's page, on a server of its own. */
export interface CrmServer extends AsyncDisposable {
  /** The server under test is `localhost`: the same site for a page of that name, another one for `127.0.0.1`. */
  originAs(host: "127.0.0.1" | "localhost"): string;
}

export async function crmServer(waihuUrl: string): Promise<CrmServer> {
  const page = (await readFile(example, "utf8")).replace("http://localhost:8080", waihuUrl);
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8").end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    originAs: (host) => `http://${host}:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
