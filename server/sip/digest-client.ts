import type { Random } from "../kernel/random.ts";
import { algorithmOf, digestResponse, hashCredentials, param, parseDigest } from "./digest.ts";
import { quote, toWireText } from "./grammar.ts";
import { headerLines, type SipRequest, type SipResponse } from "./message.ts";
import type { Credentials } from "./types.ts";

const fields = [
  ["WWW-Authenticate", "Authorization"],
  ["Proxy-Authenticate", "Proxy-Authorization"],
] as const;

function answer(
  challenge: string,
  request: SipRequest,
  credentials: Credentials,
  random: Random,
): string | undefined {
  const params = parseDigest(challenge);
  const nonce = params && param(params, "nonce");
  const realm = params && param(params, "realm");
  const algorithm = params && algorithmOf(params);
  if (!params || nonce === undefined || realm === undefined || !algorithm) return undefined;
  if (credentials.realm !== undefined && credentials.realm !== realm) return undefined;
  const offered = param(params, "qop");
  const takesAuth = offered?.split(",").some((name) => name.trim().toLowerCase() === "auth");
  if (offered !== undefined && !takesAuth) return undefined;
  const qop = takesAuth ? ({ name: "auth", nc: "00000001", cnonce: random.hex(8) } as const) : undefined;
  const ha1 = hashCredentials(algorithm, credentials.user, toUtf8(realm), credentials.password);
  const { method, uri } = request;
  const response = digestResponse({ algorithm, ha1, method, uri, nonce, qop });
  const parts = [
    `username=${quote(toWireText(credentials.user))}`,
    `realm=${params.get("realm")}`,
    `nonce=${params.get("nonce")}`,
    `uri="${uri}"`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
  ];
  if (qop) parts.push(`qop=auth`, `nc=${qop.nc}`, `cnonce="${qop.cnonce}"`);
  const opaque = params.get("opaque");
  if (opaque !== undefined) parts.push(`opaque=${opaque}`);
  return `Digest ${parts.join(", ")}`;
}

const toUtf8 = (wire: string) => Buffer.from(wire, "latin1").toString("utf8");

/**
 * The headers that answer a 401 or 407 (RFC 3261 §22.2–22.3); of several challenges in one realm the first
 * that we can answer, as the server prefers (RFC 8760 §2.4). Undefined when none can be answered.
 * Each challenge is answered with a fresh `cnonce` and `nc=1`.
 */
export function authorize(
  response: SipResponse,
  request: SipRequest,
  credentials: Credentials,
  random: Random,
): [string, string][] | undefined {
  const answers: [string, string][] = [];
  for (const [challengeField, answerField] of fields) {
    for (const challenge of headerLines(response, challengeField)) {
      const value = answer(challenge, request, credentials, random);
      if (value === undefined) continue;
      answers.push([answerField, value]);
      break;
    }
  }
  return answers.length > 0 ? answers : undefined;
}
