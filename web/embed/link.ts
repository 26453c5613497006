import type { EmbedMessage, EmbedOffer } from "../../shared/embed.ts";
import type { Place } from "./place.ts";

const offerEveryMs = 250;
const lookEveryMs = 1000;
/** A desk that stood in its window answers at once; the window may have gone to another page. */
const keptAnswersWithinOffers = 8;

export interface Link {
  /** False while the desk is not there. */
  send(message: unknown): boolean;
  end(): void;
}

/**
 * Speaks with the desk's page over a `MessagePort`. Ports are offered again and again, to the server's origin alone, until
 * the page takes one; it takes none from an origin that is not listed. After `gone` the page is awaited anew.
 */
export function openLink(
  server: string,
  place: Place,
  on: { message: (message: EmbedMessage) => void; gone: () => void },
): Link {
  const hello: EmbedOffer = { waihu: 1, link: `${Date.now()} ${Math.random()}` };
  let port: MessagePort | undefined;
  let offers = 0;
  let timer: ReturnType<typeof setTimeout>;

  function offer(): void {
    offers++;
    if (place.kept && offers === keptAnswersWithinOffers) place.load();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", ({ data }: MessageEvent<EmbedMessage>) => {
      if (port === undefined) port = port1;
      if (port !== port1) return;
      if (data.type === "gone") {
        port = undefined;
        offers = keptAnswersWithinOffers;
      }
      on.message(data);
    });
    port1.start();
    place.target?.postMessage(hello, server, [port2]);
  }

  function look(): void {
    if (place.isGone()) {
      on.gone();
      return;
    }
    if (!port) offer();
    timer = setTimeout(look, port ? lookEveryMs : offerEveryMs);
  }
  look();

  return {
    send(message) {
      port?.postMessage(message);
      return port !== undefined;
    },
    end() {
      clearTimeout(timer);
      port?.close();
    },
  };
}
