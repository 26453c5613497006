import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** DER (ITU-T X.690): tag, length, content. */
function der(tag: number, ...parts: (Buffer | number[])[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (...bytes: number[]) => der(0x06, bytes);
const text = (value: string) => Buffer.from(value, "latin1");
const time = (at: Date) => der(0x18, text(`${at.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`));

const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const nameOf = (commonName: string) =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, text(commonName)))));
const pem = (body: Buffer) =>
  [
    "-----BEGIN CERTIFICATE-----",
    ...body.toString("base64").match(/.{1,64}/g)!,
    "-----END CERTIFICATE-----",
    "",
  ].join("\n");

/** Entries of subjectAltName (RFC 5280 §4.2.1.6). */
export interface Names {
  dns?: string[];
  uri?: string[];
  ip?: string[];
}

function extensions(names: Names | undefined, isAuthority: boolean): Buffer {
  const critical = der(0x01, [0xff]);
  const list = [
    sequence(
      oid(0x55, 0x1d, 0x13),
      critical,
      der(0x04, isAuthority ? sequence(der(0x01, [0xff])) : sequence()),
    ),
  ];
  if (names) {
    const entries = [
      ...(names.uri ?? []).map((value) => der(0x86, text(value))),
      ...(names.dns ?? []).map((value) => der(0x82, text(value))),
      ...(names.ip ?? []).map((value) => der(0x87, value.split(".").map(Number))),
    ];
    list.push(sequence(oid(0x55, 0x1d, 0x11), der(0x04, sequence(...entries))));
  }
  return der(0xa3, sequence(...list));
}

interface Issuer {
  name: string;
  key: KeyObject;
}

function certificate(
  subject: string,
  publicKey: KeyObject,
  issuer: Issuer,
  names: Names | undefined,
  isAuthority: boolean,
): string {
  const serial = createHash("sha256").update(randomBytes(16)).digest().subarray(0, 8);
  const body = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, [1], serial),
    ecdsaWithSha256,
    nameOf(issuer.name),
    sequence(time(new Date("2020-01-01")), time(new Date("2120-01-01"))),
    nameOf(subject),
    publicKey.export({ type: "spki", format: "der" }),
    extensions(names, isAuthority),
  );
  return pem(sequence(body, ecdsaWithSha256, der(0x03, [0], sign("sha256", body, issuer.key))));
}

const newKeys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });

export interface TestAuthority extends Disposable {
  /** Its own certificate, PEM: what others must trust. */
  readonly ca: string;
  /** Issues a certificate and writes it with its key; the same `file` again replaces it, as a renewal does. */
  issue(commonName: string, names?: Names, file?: string): { cert: string; key: string };
}

/** A certificate authority of one test, its files in a folder of their own. */
export function testAuthority(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), "waihu-ca-"));
  const keys = newKeys();
  const issuer = { name: "Test authority", key: keys.privateKey };
  const ca = certificate(issuer.name, keys.publicKey, issuer, undefined, true);
  return {
    ca,
    issue(commonName, names, file = "server") {
      const { publicKey, privateKey } = newKeys();
      const paths = { cert: join(folder, `${file}.pem`), key: join(folder, `${file}-key.pem`) };
      writeFileSync(paths.cert, certificate(commonName, publicKey, issuer, names, false));
      writeFileSync(paths.key, privateKey.export({ type: "pkcs8", format: "pem" }));
      return paths;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
