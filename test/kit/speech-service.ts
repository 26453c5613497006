import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { espeakSynthesizer } from "../../server/features/speech/espeak.ts";

export interface SpeechService extends AsyncDisposable {
  /** As it is configured: what comes before `/audio/speech`. */
  readonly url: string;
  /** What came, in order. */
  readonly asked: { path: string; authorization: string | undefined; body: string }[];
  /** How it answers from now on. */
  manner: "well" | "refuses" | "endless" | "silent" | "redirects" | "nonsense";
  /** What it hears in every recording. */
  hears: string;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("latin1");
}

/** A speech service of another maker: OpenAI's two requests, spoken by espeak-ng. */
export async function speechService(): Promise<SpeechService> {
  const voice = espeakSynthesizer();
  const asked: SpeechService["asked"] = [];
  const service = { asked, manner: "well" as SpeechService["manner"], hears: "" };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const { authorization } = request.headers;
      asked.push({ path: request.url!, authorization, body });
      switch (service.manner) {
        case "silent":
          return;
        case "refuses":
          return void response.writeHead(401).end(`{"error":"bad key ${authorization}"}`);
        case "redirects":
          return void response.writeHead(307, { location: "/elsewhere" }).end();
        case "nonsense":
          return void response.end("<html>");
        case "endless": {
          const more = (): boolean => response.write(Buffer.alloc(2 ** 20));
          response.on("drain", more);
          return void more();
        }
        case "well":
          if (!request.url!.endsWith("/speech"))
            return void response.end(JSON.stringify({ text: service.hears }));
          response.end(
            await voice.synthesize(
              (JSON.parse(Buffer.from(body, "latin1").toString()) as { input: string }).input,
              "en",
            ),
          );
      }
    })();
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  return Object.assign(service, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  });
}
