import { createHmac } from "node:crypto";

/** STUN and TURN servers of the site, for browsers that reach us through a NAT or firewall. */
export interface IceConfig {
  /** `stun:`, `turn:` and `turns:` URIs (RFC 7064, RFC 7065). */
  urls: readonly string[];
  /** One account for everybody, or a secret shared with the TURN server. Never logged, told to signed-in browsers only. */
  account?: { username: string; password: string } | undefined;
  secret?: string | undefined;
  /** Browsers use TURN alone, never a direct way. */
  relayOnly: boolean;
}

export const noIceServers: IceConfig = { urls: [], relayOnly: false };

/** RTCConfiguration's part, as a browser takes it. */
export interface BrowserIce {
  iceServers: { urls: string; username?: string; credential?: string }[];
  iceTransportPolicy: "all" | "relay";
}

/** A working day and more: an allocation is refreshed with the credentials it was made with. */
const lifetimeSeconds = 24 * 3600;

const uri = /^(stuns?|turns?):(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i;

export const isIceUri = (text: string): boolean => uri.test(text);
export const isTurn = (url: string): boolean => /^turns?:/i.test(url);

/**
 * What one browser gets. With a shared secret the credentials hold for 24 hours: the username is the second of their
 * end and who they are for, the credential its base64 HMAC-SHA1 (draft-uberti-behave-turn-rest-00 §2.2, coturn's
 * `use-auth-secret`). `now` is ms since the epoch.
 */
export function iceServersFor(ice: IceConfig, user: string, now: number): BrowserIce {
  const username = ice.secret
    ? `${Math.floor(now / 1000) + lifetimeSeconds}:${user}`
    : (ice.account?.username ?? "");
  const credential = ice.secret
    ? createHmac("sha1", ice.secret).update(username).digest("base64")
    : (ice.account?.password ?? "");
  return {
    iceServers: ice.urls.map((urls) => (isTurn(urls) ? { urls, username, credential } : { urls })),
    iceTransportPolicy: ice.relayOnly ? "relay" : "all",
  };
}
