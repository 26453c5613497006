/** Header names as we write them; the short forms are those of RFC 3261 §20 and its successors. */
const compact: Record<string, string> = {
  a: "Accept-Contact",
  b: "Referred-By",
  c: "Content-Type",
  d: "Request-Disposition",
  e: "Content-Encoding",
  f: "From",
  i: "Call-ID",
  j: "Reject-Contact",
  k: "Supported",
  l: "Content-Length",
  m: "Contact",
  o: "Event",
  r: "Refer-To",
  s: "Subject",
  t: "To",
  u: "Allow-Events",
  v: "Via",
  x: "Session-Expires",
};

const known = [
  ...Object.values(compact),
  ..."Accept Accept-Encoding Accept-Language Alert-Info Allow Authentication-Info Authorization Call-Info".split(
    " ",
  ),
  ..."Content-Disposition Content-Language CSeq Date Diversion Error-Info Expires Flow-Timer".split(" "),
  ..."History-Info Identity Max-Forwards MIME-Version Min-Expires Min-SE Organization P-Asserted-Identity".split(
    " ",
  ),
  ..."P-Early-Media P-Preferred-Identity Path Priority Privacy Proxy-Authenticate Proxy-Authorization".split(
    " ",
  ),
  ..."Proxy-Require RAck Reason Record-Route Remote-Party-ID Replaces Reply-To Require Retry-After".split(
    " ",
  ),
  ..."Route RSeq Server Service-Route Subscription-State Timestamp Unsupported User-Agent Warning".split(" "),
  "WWW-Authenticate",
];

const byLowerCase = new Map<string, string>([
  ...known.map((name) => [name.toLowerCase(), name] as const),
  ...Object.entries(compact),
]);
const exact = new Map(known.map((name) => [name, name]));

const written = new Map([...exact, ...Object.entries(compact)]);

/** Our spelling of a header's name, the short forms resolved; a name we do not know stays as it is. */
export function canonicalName(name: string): string {
  return exact.get(name) ?? byLowerCase.get(name.toLowerCase()) ?? name;
}

/** The name itself when it is written as we write it, or in short form. */
export const knownName = (name: string): string | undefined => written.get(name);

export const isKnownHeader = (name: string) => exact.has(name);
