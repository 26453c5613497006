/**
 * What the stack gives to the layer above. A body is opaque here (RFC 3261 §7.4): SDP belongs to media.
 * Every event carries the whole message so that nothing is lost on the way up.
 */
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Random } from "../kernel/random.ts";
import type { SipCounts } from "./counts.ts";
import type { DnsResolver } from "./locate.ts";
import type { SourceBan } from "./source-guard.ts";

export type { SipCounts };

export type SipTransport = "udp" | "tcp" | "tls" | "ws" | "wss";

/** Where a message goes or came from. `host` is an IP address or a name. */
export interface SipTarget {
  transport: SipTransport;
  host: string;
  port: number;
  /** For connections: the one to answer on; set by the stack. */
  connectionId?: string;
  /** The connection is one that we opened: when it is lost, another to the same address takes its place. */
  isDialed?: boolean;
  /** TLS: the domain that the peer's certificate must name (RFC 5922 §4); default the host. */
  domain?: string;
  tls?: TlsPolicy;
}

/** How the certificate of a TLS peer is checked. */
export interface TlsPolicy {
  /** False accepts any certificate: whoever stands on the way can pose as the peer. */
  verify: boolean;
  /** PEM of the authorities to trust, in place of those that everybody knows. */
  ca?: string;
}

/** Where a request is to go; what is left out is found by DNS (RFC 3263). */
export type SipDestination = Omit<SipTarget, "transport" | "port"> & {
  transport?: SipTransport;
  port?: number;
};

/** Header fields in order, values raw as on the wire. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface Body {
  type: string;
  content: string;
}

/** One message as it crossed the wire, for the ladder. `at` is ms since the epoch. */
export interface SipTrace {
  at: number;
  direction: "in" | "out";
  callId: string;
  local: string;
  remote: string;
  transport: SipTransport;
  text: string;
}

export interface Credentials {
  user: string;
  password: string;
  realm?: string;
}

/** What the registrar needs to challenge a phone: digests of `user:realm:password` (RFC 7616, RFC 8760). */
export interface StoredCredentials {
  ha1Md5: string;
  ha1Sha256?: string;
}

export interface SipStackOptions {
  /** `tls` needs a certificate. */
  listen: { transport: "udp" | "tcp" | "tls"; host: string; port: number }[];
  /** Addresses and networks (CIDR) that are never limited or banned; trunks never are. */
  neverBanned?: readonly string[];
  /** Without a certificate we can still call out over TLS. Default: none, TLS 1.2. */
  tls?: { files?: { cert: string; key: string }; minVersion: "TLSv1.2" | "TLSv1.3" };
  /** The address written into Via and Contact when it differs from the bound one (NAT). */
  advertisedHost?: string;
  /** Digest realm of the registrar. */
  realm: string;
  /**
   * Algorithms to challenge phones with, preferred first; default MD5 alone. baresip 1.0 gives up on a
   * challenge list that holds SHA-256 at all, so both are for sites whose phones follow RFC 8760. Browsers
   * (JsSIP) are always asked for MD5.
   */
  digestAlgorithms?: readonly ("SHA-256" | "MD5")[];
  userAgent: string;
  clock: Clock;
  random: Random;
  log: Log;
  /** Credentials of a phone; undefined refuses it (after a challenge, so that names do not leak). */
  credentialsOf(user: string): Promise<StoredCredentials | undefined>;
  /** Is a packet from this source a trunk's (IP authentication)? Its trunk id if so. */
  trunkOf(remote: { host: string; port: number; transport: SipTransport }): string | undefined;
  /** Is this the address of a trunk, whatever the port? Then it is never limited or banned. */
  isTrunkHost?(host: string): boolean;
  /** Answers the questions of RFC 3263; default: the name servers of the system. */
  resolver?: DnsResolver;
  onTrace?(trace: SipTrace): void;
  /** Requests of this Call-ID get no answer at all: for simulations of a peer that is gone. */
  isDeafTo?(callId: string): boolean;
}

export interface OutgoingInvite {
  /** Request-URI, From and To as URIs: `sip:13800138000@10.0.0.1`. */
  uri: string;
  from: string;
  fromName?: string;
  to?: string;
  /** Next hop; else that of `routes`, else of the URI. Of several that DNS names, the first that answers (RFC 3263). */
  target?: SipDestination;
  /** Route values to send along (RFC 3261 §8.1.2): a Service-Route (RFC 3608) or a phone's Path (RFC 3327). */
  routes?: readonly string[];
  headers?: HeaderList;
  body?: Body;
  credentials?: Credentials;
  /** For an INVITE without `body` (late offer): makes the answer, for the ACK, to the offer in the 2xx. */
  answerOffer?(offer: Body | undefined): Promise<Body>;
  /** Where a 3xx may lead: the target for this Contact, or undefined to leave it alone. Absent: none is followed. */
  redirect?(contactUri: string): SipTarget | undefined;
  /** Gives a target up with 408 when no provisional answer has come by then (default 32 s, RFC 3261 timer B). */
  noResponseTimeoutMs?: number;
}

export interface SipResponseInfo {
  status: number;
  reason: string;
  /** RFC 3326 Reason header, raw. */
  reasonHeader?: string;
  body?: Body;
  headers: HeaderList;
}

/** Why and by whom a dialog ended. */
export interface ByeInfo {
  by: "remote" | "local" | "stack";
  reasonHeader?: string;
  /** Set when the stack ended it: `ack-timeout`, `session-expired`, `transport-lost`. */
  stackCause?: string;
}

/** What both directions of a call share, once a dialog exists. */
export interface SipCall {
  readonly callId: string;
  readonly remote: SipTarget;
  /** Sends BYE (or CANCEL, or a final refusal, by state). Safe in any state and safe to repeat. */
  hangup(options?: { status?: number; reason?: string; reasonHeader?: string }): void;
  /** re-INVITE with a new offer; resolves with the answer. Handles 491 glare (RFC 3261 §14.1) and 401/407. */
  reinvite(body: Body): Promise<SipResponseInfo>;
  /** UPDATE with a new offer, also before the answer (RFC 3311); 481 when nothing has been negotiated yet. */
  update(body: Body): Promise<SipResponseInfo>;
  info(body: Body): Promise<SipResponseInfo>;
  /**
   * Asks the other side to call `to`, a URI (RFC 3515). Resolves with the refusal, or with the final status it
   * tells of that call, or with 202 when it took the request and did not tell. Never rejects.
   */
  refer(
    to: string,
    options?: { headers?: HeaderList; onProgress?: (status: { status: number; reason: string }) => void },
  ): Promise<SipResponseInfo>;
  /** Does the other side's Allow name this method? */
  allows(method: string): boolean;
  /** Identifiers for a Replaces header (RFC 3891); undefined before there is a dialog. The targets are raw URIs. */
  readonly dialog: DialogId | undefined;
  on<K extends keyof SipCallEvents>(event: K, listener: SipCallEvents[K]): void;
}

export interface DialogId {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly remoteTarget: string;
  /** Our own Contact in this dialog. */
  readonly localTarget: string;
}

/** The other side asks us to connect it elsewhere (REFER, RFC 3515). Answer with `accept` or `refuse`, then tell how it goes. */
export interface Referral {
  /** Whom to call. `uri` has lost its headers, which are in `headers`: Replaces and Referred-By for our INVITE. */
  readonly uri: string;
  readonly user: string;
  readonly headers: HeaderList;
  /** The dialog to be replaced, seen from the one who is called. */
  readonly replaces?: { callId: string; localTag: string; remoteTag: string };
  /** 202; the result must follow by `progress`. */
  accept(): void;
  refuse(status: number): void;
  /** A status of the call that was asked for, as sipfrag in a NOTIFY; accepts when that was not said; from 200 on it is the last. */
  progress(status: number, reason?: string): void;
}

export interface SipCallEvents {
  /** A re-INVITE or UPDATE with an offer; answer it with `respond`. */
  reoffer(body: Body | undefined, respond: (status: number, body?: Body) => void): void;
  info(body: Body | undefined): void;
  /** The ACK brought the answer to the offer of our 2xx (their INVITE had none: a late offer, RFC 3261 §13.2.1). */
  answer(body: Body): void;
  /** Nobody listens: 603. */
  refer(referral: Referral): void;
  /** The dialog is over; the last event of every answered call. */
  ended(info: ByeInfo): void;
}

export interface OutgoingCall extends SipCall {
  /** Stops ringing: CANCEL, and BYE should a 200 cross it (RFC 3261 §9, §15). */
  cancel(reasonHeader?: string): void;
  /** CANCEL; a 200 that crosses it is accepted, for the person who picked up has a right to hear somebody. */
  withdraw(reasonHeader?: string): void;
  onProgress(listener: (response: SipResponseInfo) => void): void;
  /** 2xx came and ACK is sent. A listener added late is told at once. Exactly one of accepted/failed fires. */
  onAccepted(listener: (response: SipResponseInfo) => void): void;
  /** A final refusal, a timeout (408, `stack: true`) or our cancel (487). */
  onFailed(listener: (response: SipResponseInfo & { stack?: boolean }) => void): void;
}

export interface IncomingCall extends SipCall {
  /** `trunk:<id>` by IP, or the authenticated phone's user. */
  readonly origin: { trunk: string } | { user: string };
  readonly uri: string;
  readonly from: { uri: string; user: string; name?: string };
  readonly to: { uri: string; user: string };
  readonly headers: HeaderList;
  readonly body?: Body;
  /** The dialog of ours that this call is to take over (RFC 3891); it lives, and the caller may replace it. */
  readonly replaces?: { callId: string; localTag: string; remoteTag: string };
  progress(status: number, body?: Body, headers?: HeaderList): void;
  accept(body: Body, headers?: HeaderList): void;
  reject(status: number, reason?: string, headers?: HeaderList): void;
  /** CANCEL came before our final answer. */
  onCancelled(listener: (reasonHeader?: string) => void): void;
}

export interface Contact {
  uri: string;
  target: SipTarget;
  /** Route values of the proxies between us and the phone (RFC 3327). */
  path: readonly string[];
  userAgent: string;
  expiresAt: number;
}

export interface RegistrationState {
  state: "registering" | "registered" | "failed" | "stopped";
  status?: number;
  reason?: string;
  expiresAt?: number;
}

export interface TrunkRegistration extends AsyncDisposable {
  readonly state: RegistrationState;
  /** Route values for requests to this provider (RFC 3608); empty when it gave none. */
  readonly serviceRoute: readonly string[];
  onChange(listener: (state: RegistrationState) => void): void;
}

export interface ProbeResult {
  status: number;
  rttMs: number;
  /** Words of the answer, or why there was none. */
  reason?: string;
}

/** Voice messages that wait for a user: those nobody has listened to, and the others. */
export interface WaitingMessages {
  unheard: number;
  heard: number;
}

export interface SipStack extends AsyncDisposable {
  /** The bound addresses, ports filled in. */
  readonly local: readonly SipTarget[];
  invite(request: OutgoingInvite): OutgoingCall;
  onInvite(handler: (call: IncomingCall) => void): void;
  /** Where requests to this destination would go, best first (RFC 3263); rejects when nothing is found. */
  locate(destination: SipDestination): Promise<SipTarget[]>;
  /** Registers us at a provider and keeps it (RFC 3261 §10, refresh, back-off). */
  register(account: {
    registrar: SipDestination;
    aor: string;
    credentials: Credentials;
    expiresSeconds?: number;
  }): TrunkRegistration;
  /** OPTIONS; resolves with the status, 408 when nothing came from any target within `timeoutMs` each (default 32 s). */
  probe(target: SipDestination, uri: string, timeoutMs?: number): Promise<ProbeResult>;
  /** Where a phone is registered with us now. */
  contactsOf(user: string): readonly Contact[];
  onRegistrationChange(handler: (user: string, contacts: readonly Contact[]) => void): void;
  /** Drops a phone's registration and its connections. */
  unregister(user: string): void;
  /** What it has done since the start, and the transactions that live now. */
  /** Tells phones of this user that ask for it what waits for them (RFC 3842); again whenever it changes. */
  messagesWaiting(user: string, waiting: WaitingMessages): void;
  counts(): SipCounts & { transactions: number };
  /** Addresses that are banned now for what they sent. */
  bans(): SourceBan[];
  /** Lifts a ban; false when there is none. */
  unban(host: string): boolean;
  /** Hands over a WebSocket of subprotocol `sip` (RFC 7118) from the product's own HTTPS port. */
  acceptWebSocket(socket: WebSocketLike, remote: { host: string; port: number; secure: boolean }): void;
}

/** The part of `ws` that the stack uses. */
export interface WebSocketLike {
  send(data: string): void;
  close(): void;
  on(event: "message", listener: (data: Buffer, isBinary: boolean) => void): unknown;
  on(event: "close", listener: (code: number) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "pong", listener: () => void): unknown;
  ping(): void;
  terminate(): void;
}
