import { isIP } from "node:net";
import type { PeerCertificate } from "node:tls";
import { plainAddress } from "./transport.ts";

/** One entry of `subjectaltname`; Node writes values with unusual characters as JSON strings. */
const entry = /(DNS|URI|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g;

function alternativeNames(
  certificate: Pick<PeerCertificate, "subjectaltname">,
): [kind: string, value: string][] {
  const names: [string, string][] = [];
  for (const [, kind, text] of (certificate.subjectaltname ?? "").matchAll(entry))
    names.push([kind!, text![0] === '"' ? (JSON.parse(text!) as string) : text!.trim()]);
  return names;
}

/**
 * The SIP domains that a certificate speaks for (RFC 5922 §7.1), lower case: `sip:` URIs without a user and DNS
 * names; the common name only when there is no alternative name at all.
 */
export function domainsOf(certificate: Pick<PeerCertificate, "subjectaltname" | "subject">): string[] {
  if (!certificate.subjectaltname) {
    const { CN } = certificate.subject ?? {};
    return [CN ?? []].flat().map((name) => name.toLowerCase());
  }
  return alternativeNames(certificate).flatMap(([kind, value]) => {
    if (kind === "DNS") return value.toLowerCase();
    const host = kind === "URI" ? /^sip:([^@;?/]+)$/i.exec(value)?.[1] : undefined;
    return host === undefined ? [] : host.toLowerCase();
  });
}

/**
 * Does the certificate speak for the domain we asked for, not for the host that DNS led to (RFC 5922 §4, §7.2)?
 * Names compare whole: a wildcard matches nothing. An address is compared with the certificate's addresses.
 */
export function identityProblem(
  domain: string,
  certificate: Pick<PeerCertificate, "subjectaltname" | "subject">,
): Error | undefined {
  const wanted = domain.toLowerCase().replace(/\.$/, "");
  const isAddress = isIP(wanted) !== 0;
  const found = isAddress
    ? alternativeNames(certificate).flatMap(([kind, value]) =>
        kind === "IP Address" ? plainAddress(value.toLowerCase()) : [],
      )
    : domainsOf(certificate);
  if (found.includes(wanted)) return undefined;
  return new Error(`the certificate is for ${found.join(", ") || "nobody"}, not for ${wanted}`);
}
