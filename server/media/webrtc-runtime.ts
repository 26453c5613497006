import { createSocket } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import type * as NodeDatachannel from "node-datachannel";
import { AppError, reasonOf } from "../kernel/errors.ts";
import { isWildcard } from "../kernel/hosts.ts";

/** The add-on, and the one UDP port of this process that all browsers share. */
export interface WebrtcRuntime extends Disposable {
  readonly library: typeof NodeDatachannel;
  readonly port: number;
}

/** Addresses that mean "every interface": the add-on wants none then. */
async function freeUdpPort(host: string): Promise<number> {
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  socket.bind(0, host);
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}

/**
 * Loads the add-on and takes the port, for as long as the process lives: a connection that finds its port taken by
 * another program would abort the process, and every call in it. `port` 0 chooses a free one.
 * @throws AppError `webrtc-unavailable` without a binary for this machine, `webrtc-port-taken`
 */
export async function openWebrtc(bindHost: string, wanted: number): Promise<WebrtcRuntime> {
  const library = await import("node-datachannel").catch((error: unknown) => {
    const message = `Browser calls need the node-datachannel add-on, which does not load here: ${reasonOf(error)}`;
    throw new AppError("webrtc-unavailable", 503, message);
  });
  const port = wanted === 0 ? await freeUdpPort(bindHost) : wanted;
  try {
    const listener = new library.IceUdpMuxListener(port, isWildcard(bindHost) ? undefined : bindHost);
    return {
      library,
      port,
      [Symbol.dispose]() {
        listener.stop();
        library.cleanup();
      },
    };
  } catch {
    const message = `UDP port ${port} for browser calls cannot be used on ${bindHost}. Free it or set another port.`;
    throw new AppError("webrtc-port-taken", 503, message, { port });
  }
}
