import { z } from "zod";
import { country, e164, instant } from "./common.ts";

/** `auto`: as the DNS of the host says (RFC 3263), else UDP. */
export const trunkTransports = ["auto", "udp", "tcp", "tls"] as const;
/** `ip`: the carrier knows our address; `registration`: we register; `digest`: challenged per call, no registration. */
export const trunkAuths = ["ip", "registration", "digest"] as const;
/** Encryption of the audio (RFC 4568): offered and insisted on, offered with a way back, or not at all. */
export const trunkSrtpModes = ["off", "preferred", "required"] as const;
/** Where the carrier reads who calls: RFC 3325, or the draft before it. */
export const identityHeaders = [
  "p-asserted-identity",
  "p-preferred-identity",
  "remote-party-id",
  "none",
] as const;
/** How the carrier is told for whom a forwarded call was: RFC 5806 or RFC 7044. */
export const diversionHeaders = ["diversion", "history-info", "none"] as const;
export const trunkCodecs = ["PCMA", "PCMU", "G722", "OPUS"] as const;
export const numberFormats = ["e164", "digits", "national"] as const;

/** A host name, IPv4 or bracketed IPv6 address, without port. */
const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$/);
const sipToken = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[^\s"<>]+$/);

/**
 * Body of `POST /api/v1/trunks` and `PUT /api/v1/trunks/:id`. `password` is write-only: absent keeps what is
 * stored, null clears it.
 */
export const trunkInput = z.object({
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean().default(true),
  host,
  /** Null: as the DNS of the host says (SRV, RFC 3263), else the default of the transport. */
  port: z.number().int().min(1).max(65_535).nullable().default(null),
  transport: z.enum(trunkTransports).default("udp"),
  /** Is the certificate of a TLS trunk checked? Off lets anybody on the way listen and take the calls. */
  tlsVerify: z.boolean().default(true),
  /** PEM of the authority that signed the trunk's certificate, where it is none that everybody knows. */
  tlsCa: z
    .string()
    .trim()
    .max(100_000)
    .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/)
    .nullable()
    .default(null),
  srtp: z.enum(trunkSrtpModes).default("off"),
  auth: z.enum(trunkAuths).default("ip"),
  username: sipToken.nullable().default(null),
  password: z.string().min(1).max(256).nullable().optional(),
  domain: host.nullable().default(null),
  registerExpiresSeconds: z.number().int().min(60).max(86_400).default(300),
  codecs: z.array(z.enum(trunkCodecs)).min(1).default(["PCMA", "PCMU"]),
  maxChannels: z.number().int().min(1).max(10_000).default(30),
  maxCallsPerSecond: z.number().min(0.1).max(1_000).default(10),
  numberFormat: z.enum(numberFormats).default("e164"),
  dialPrefix: z
    .string()
    .regex(/^[0-9*#]{0,16}$/)
    .default(""),
  country,
  callerIds: z.array(e164).max(1_000).default([]),
  inboundHosts: z.array(host).max(100).default([]),
  identityHeader: z.enum(identityHeaders).default("p-asserted-identity"),
  diversionHeader: z.enum(diversionHeaders).default("diversion"),
  /** Who calls is what the carrier asserts; off: what stands in From. */
  trustIdentity: z.boolean().default(true),
  /** The person called sees no number; the carrier is told it all the same. */
  withholdNumber: z.boolean().default(false),
  /** Canary calls: E.164 or a short code, best one that sends back what it hears; null: none over this trunk. */
  canaryNumber: z
    .union([e164, z.string().regex(/^[0-9*#]{2,8}$/)])
    .nullable()
    .default(null),
  canaryMinutes: z.number().int().min(1).max(1440).default(15),
});
export type TrunkInput = z.infer<typeof trunkInput>;

/** `GET /api/v1/trunks` (items in dialling order) and `GET /api/v1/trunks/:id`. Live state: topic `trunks`. */
export const trunkRow = trunkInput.omit({ password: true }).extend({
  id: z.number(),
  position: z.number(),
  hasPassword: z.boolean(),
  /** The built-in carrier of the demonstration; it cannot be deleted. */
  simulated: z.boolean(),
  /** Campaigns that dial through it. */
  campaigns: z.number(),
  createdAt: instant,
  updatedAt: instant,
});
export type TrunkRow = z.infer<typeof trunkRow>;

/** `PUT /api/v1/trunks/order`: every trunk id, first tried first. */
export const trunkOrder = z.object({ ids: z.array(z.number().int()).min(1) });
/** `POST /api/v1/trunks/:id/enabled`. */
export const trunkEnabled = z.object({ enabled: z.boolean() });

/** `GET /api/v1/trunks/:id/tests`, newest first. */
export const trunkTestRow = z.object({
  id: z.number(),
  at: instant,
  number: z.string(),
  verdict: z.string(),
  result: z.record(z.string(), z.unknown()),
  byUser: z.string().nullable(),
});
export type TrunkTestRow = z.infer<typeof trunkTestRow>;

/**
 * `POST /api/v1/trunks/:id/test-call` with a number that a person or a machine answers: places one real call through
 * this trunk alone, plays a spoken prompt, listens, hangs up, and answers when it is over (a minute at most).
 */
export const trunkTestInput = z.object({
  number: z.string().trim().min(2).max(30),
  callerId: e164.nullable().default(null),
});
export type TrunkTestInput = z.infer<typeof trunkTestInput>;
export const trunkTestSteps = [
  "probe", // OPTIONS answered: detail { rttMs, status }
  "register", // registered, where the trunk asks for it
  "invite", // the carrier took the call: detail { sipStatus, sipReason }
  "ring", // ringing or early media
  "answer", // answered: detail { afterMs }
  "hear", // audio from the far end: detail { packets, lossPercent, level }
  "speak", // our audio went out: detail { packets }
  "end", // the call was taken down cleanly
] as const;
export const trunkTestStep = z.object({
  step: z.enum(trunkTestSteps),
  state: z.enum(["ok", "failed", "skipped"]),
  /** Why it failed, a switch cause or SIP status among it; fills the sentence `trunks.test.step.<step>.<state>`. */
  detail: z.record(z.string(), z.unknown()),
});
/** Words under `trunks.test.verdict.<verdict>`. */
export const trunkTestVerdicts = [
  "good", // answered and audio both ways
  "no-audio-in",
  "no-audio-out",
  "not-answered", // reached the number, nobody answered: call again with another
  "refused", // the carrier said no
  "unreachable", // the carrier did not answer at all
  "not-registered",
  "failed",
] as const;
export const trunkTestResult = z.object({
  id: z.number(),
  verdict: z.enum(trunkTestVerdicts),
  steps: z.array(trunkTestStep),
});
export type TrunkTestResult = z.infer<typeof trunkTestResult>;
