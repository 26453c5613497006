import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Resolver } from "node:dns/promises";

/** Records of one name (RFC 1035, 2782, 3403), with their time to live in seconds (default 60). */
export type DnsRecord = { ttl?: number } & (
  | { type: "A"; address: string }
  | { type: "SRV"; priority: number; weight: number; port: number; target: string }
  | { type: "NAPTR"; order: number; preference: number; service: string; replacement: string }
);

export interface TestDns extends AsyncDisposable {
  /** Asks this server alone. */
  readonly resolver: Resolver;
  /** What may be changed while it runs. */
  readonly zone: Map<string, DnsRecord[]>;
  /** Questions that came, as `SRV _sip._udp.example.com`. */
  readonly asked: string[];
}

const typeNumber = { A: 1, AAAA: 28, SRV: 33, NAPTR: 35 } as const;

const u16 = (value: number) => [value >> 8, value & 255];
const string = (value: string) => [value.length, ...Buffer.from(value, "latin1")];
const name = (value: string) => [...value.split(".").filter(Boolean).flatMap(string), 0];

function dataOf(record: DnsRecord): number[] {
  if (record.type === "A") return record.address.split(".").map(Number);
  if (record.type === "SRV")
    return [...u16(record.priority), ...u16(record.weight), ...u16(record.port), ...name(record.target)];
  return [
    ...u16(record.order),
    ...u16(record.preference),
    ...string("s"),
    ...string(record.service),
    ...string(""),
    ...name(record.replacement),
  ];
}

/** Name, type and end of the first question. */
function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at]! > 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + query[at]!));
    at += 1 + query[at]!;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** A name server on loopback that knows these records and no others. */
export async function testDns(records: Record<string, DnsRecord[]>): Promise<TestDns> {
  const zone = new Map(Object.entries(records));
  const asked: string[] = [];
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  socket.on("message", (query, from) => {
    const { name: wanted, type, end } = question(query);
    const typeName = Object.entries(typeNumber).find(([, number]) => number === type)?.[0];
    asked.push(`${typeName ?? type} ${wanted}`);
    const known = zone.get(wanted);
    const answers = (known ?? []).filter((record) => record.type === typeName);
    const head = Buffer.from([
      ...query.subarray(0, 2),
      ...u16(known ? 0x8580 : 0x8583),
      ...u16(1),
      ...u16(answers.length),
      ...u16(0),
      ...u16(0),
    ]);
    const body = answers.flatMap((record) => {
      const data = dataOf(record);
      const ttl = record.ttl ?? 60;
      return [
        0xc0,
        12,
        ...u16(type),
        ...u16(1),
        ...u16(ttl >>> 16),
        ...u16(ttl & 0xffff),
        ...u16(data.length),
        ...data,
      ];
    });
    socket.send(Buffer.concat([head, query.subarray(12, end), Buffer.from(body)]), from.port, from.address);
  });
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    resolver,
    zone,
    asked,
    async [Symbol.asyncDispose]() {
      resolver.cancel();
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}
