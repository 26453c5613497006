import type { RTCSession } from "jssip/lib/RTCSession";
import type { IncomingRequest } from "jssip/lib/SIPMessage";
import type { RTCSessionEvent } from "jssip/lib/UA";
import type { SipCredentials } from "../../shared/desk.ts";
import { asksAutoAnswer } from "./auto-answer.ts";
import { retryDelayMs } from "./phone-machine.ts";
import { ReconnectingSocket } from "./sip-socket.ts";
import { after, every } from "../lib/steady-timer.ts";

/** The server holds a browser's registration this long; we refresh it three times in that span. */
const registerSeconds = 180;
/**
 * Gathering is cut short so long after the first candidate, since a dead server must not delay an answer; a TURN
 * server far away takes two round trips to give one.
 */
const gatherMs = { alone: 400, withServers: 1500 };

export interface SipAgentEvents {
  connected(): void;
  disconnected(): void;
  registered(): void;
  /** The credentials are no longer good. */
  refused(status: number): void;
  offered(leg: SipLeg): void;
}

/** One call from the server, over one RTCPeerConnection. */
export interface SipLeg {
  answer(microphone: MediaStream, events: SipLegEvents): void;
  hangup(): void;
  readonly connection: RTCPeerConnection | undefined;
}

export interface SipLegEvents {
  established(): void;
  farEnd(stream: MediaStream): void;
  ended(cause: string): void;
}

export interface SipAgent {
  /** Takes renewed credentials of the same user; used from the next challenge on. */
  renew(credentials: SipCredentials): void;
  register(): void;
  /** Is the server there? A dead connection is replaced. */
  check(): Promise<boolean>;
  close(): void;
}

/**
 * JsSIP as our phone. It knows MD5 digests only (hence short-lived credentials), and its session timers are off:
 * the server watches its side by RTP and the WebSocket. DTMF is sent by the server, which knows the customer's
 * leg. Loaded on demand: only agents with a browser phone pay for it.
 */
export async function startSipAgent(
  url: string,
  credentials: SipCredentials,
  events: SipAgentEvents,
): Promise<SipAgent> {
  const { UA } = await import("jssip");
  const socket = new ReconnectingSocket(url, retryDelayMs);
  const ua = new UA({
    sockets: socket,
    uri: `sip:${credentials.user}@${credentials.domain}`,
    authorization_user: credentials.user,
    password: credentials.password,
    session_timers: false,
    register: true,
    register_expires: registerSeconds,
    // Our socket reconnects sooner; JsSIP's own recovery is the second line.
    connection_recovery_min_interval: 30,
    connection_recovery_max_interval: 60,
    user_agent: "Waihu desk",
  });
  let ice = credentials;
  ua.on("connected", () => events.connected());
  ua.on("disconnected", () => events.disconnected());
  ua.on("registered", () => events.registered());
  ua.on("registrationFailed", ({ response }) => {
    // Without a response the request timed out: the connection is a ghost.
    if (response) events.refused(response.status_code);
    else if (ua.isConnected()) socket.renew();
  });
  ua.on("newRTCSession", ({ session, request }: RTCSessionEvent) => {
    // The desk places no calls over SIP: all sessions come from the server.
    const incoming = request as IncomingRequest;
    const wanted = asksAutoAnswer({
      callInfo: header(incoming, "Call-Info"),
      alertInfo: header(incoming, "Alert-Info"),
    });
    if (wanted) events.offered(legOf(session, () => iceOf(ice)));
    else session.terminate({ status_code: 486 });
  });
  ua.start();
  const stopRefresh = every((registerSeconds * 1000) / 3, () => {
    if (ua.isConnected()) ua.register();
  });
  return {
    renew(next) {
      ua.set("password", next.password);
      ice = next;
    },
    register: () => ua.register(),
    check: () => socket.check(),
    close() {
      stopRefresh();
      ua.stop();
    },
  };
}

function header(request: IncomingRequest, name: string): string | undefined {
  return request.getHeader(name);
}

const iceOf = ({ iceServers, iceTransportPolicy }: SipCredentials): RTCConfiguration => ({
  iceServers,
  iceTransportPolicy,
});

function legOf(session: RTCSession, ice: () => RTCConfiguration): SipLeg {
  return {
    get connection() {
      return session.connection as RTCPeerConnection | undefined;
    },
    answer(microphone, events) {
      const ended = ({ cause }: { cause: string }): void => events.ended(cause);
      session.on("ended", ended);
      session.on("failed", ended);
      session.on("accepted", () => events.established());
      session.on("peerconnection", ({ peerconnection }) => {
        peerconnection.addEventListener("track", (event) => {
          events.farEnd(event.streams[0] ?? new MediaStream([event.track]));
        });
      });
      const pcConfig = ice();
      const limitMs = pcConfig.iceServers?.length ? gatherMs.withServers : gatherMs.alone;
      let cut: (() => void) | undefined;
      session.on("icecandidate", ({ ready }) => (cut ??= after(limitMs, ready)));
      session.answer({
        // JsSIP stops only the tracks it opened itself: the phone's microphone stays open between legs.
        mediaStream: microphone,
        pcConfig,
      });
    },
    hangup() {
      if (!session.isEnded()) session.terminate();
    },
  };
}
