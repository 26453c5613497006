import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallInRequest } from "./call-in.ts";
import type { Carrier } from "./carrier.ts";
import { type Plan, suffixes } from "./plan.ts";

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/**
 * Control by HTTP on loopback, for demonstrations: `GET /` counts and live calls; `POST /call-in`
 * `{from, to, target: {transport, host, port}}` or `{…, user}`; `POST /behave` `{number, plan}`;
 * `POST /population` with any of its fields; `POST /outage` `{status}` (none: back to normal).
 */
export async function serveControl(
  carrier: Carrier,
  port: number,
): Promise<AsyncDisposable & { port: number }> {
  const act = async (request: IncomingMessage): Promise<unknown> => {
    const route = `${request.method} ${request.url}`;
    if (route === "GET /") {
      const calls = carrier.calls.map((call) => ({
        from: call.from,
        to: call.to,
        phase: call.phase,
        codec: call.codec,
      }));
      return { port: carrier.port, counts: carrier.counts, calls, suffixes };
    }
    const body = await bodyOf(request);
    switch (route) {
      case "POST /call-in":
        carrier.callIn(body as unknown as CallInRequest);
        return {};
      case "POST /behave":
        carrier.behave(String(body.number), body.plan as Plan | undefined);
        return {};
      case "POST /population":
        carrier.setPopulation(body);
        return {};
      case "POST /outage":
        carrier.outage(body.status as number | undefined);
        return {};
      default:
        throw new Error(`No ${route}.`);
    }
  };
  const server = createServer((request, response) => {
    act(request).then(
      (answer) => response.setHeader("content-type", "application/json").end(JSON.stringify(answer)),
      (error: unknown) => {
        response.statusCode = 400;
        response.end(String(error));
      },
    );
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
