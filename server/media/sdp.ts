/**
 * SDP (RFC 8866), as much of it as one audio stream needs. Parsing is lenient: an unknown line is skipped, a body
 * without an audio section is `undefined`.
 */
export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

export interface SdpPayload {
  type: number;
  /** Upper-case encoding name and clock rate, `PCMA/8000`. */
  name: string;
  fmtp?: string;
}

export interface SdpAudio {
  /** Zero refuses the stream. */
  port: number;
  host: string;
  profile: string;
  direction: Direction;
  payloads: SdpPayload[];
  ptimeMs?: number;
  rtcpMux: boolean;
  rtcpPort?: number;
  /** Values of the `a=crypto` lines (RFC 4568). */
  crypto: string[];
  mid?: string;
  iceUfrag?: string;
  icePwd?: string;
  fingerprint?: string;
  setup?: string;
}

export interface Sdp {
  audio: SdpAudio;
  /** Position of the audio section, and the first lines of all sections: an answer repeats them (RFC 3264 §6). */
  audioIndex: number;
  mediaLines: string[];
}

/** RFC 3551 §6, for bodies that leave out `a=rtpmap` of static types. */
const staticNames: Readonly<Record<number, string>> = {
  0: "PCMU/8000",
  8: "PCMA/8000",
  9: "G722/8000",
  13: "CN/8000",
};

const directions = new Set<string>(["sendrecv", "sendonly", "recvonly", "inactive"]);

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => /^[a-z]=/.test(line));
}

/** The body's sections; the first is the session's. */
export function sectionsOf(text: string): string[][] {
  const sections: string[][] = [[]];
  for (const line of linesOf(text)) {
    if (line.startsWith("m=")) sections.push([]);
    sections.at(-1)!.push(line);
  }
  return sections;
}

function attribute(lines: readonly string[], name: string): string | undefined {
  return lines.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3);
}

function directionIn(lines: readonly string[]): Direction | undefined {
  return lines.map((line) => line.slice(2)).find((value) => directions.has(value)) as Direction | undefined;
}

function payloadsIn(lines: readonly string[], types: readonly number[]): SdpPayload[] {
  const maps = new Map<number, string>();
  const formats = new Map<number, string>();
  for (const line of lines) {
    const match = /^a=(rtpmap|fmtp):(\d{1,3}) (.+)$/.exec(line);
    if (match) (match[1] === "rtpmap" ? maps : formats).set(Number(match[2]), match[3]!.trim());
  }
  return types.flatMap((type) => {
    const name = (maps.get(type) ?? staticNames[type])?.toUpperCase().replace(/\/1$/, "");
    return name === undefined ? [] : [{ type, name, fmtp: formats.get(type) }];
  });
}

/** The first audio section with a port, or else the first audio section. */
export function parseSdp(text: string): Sdp | undefined {
  const [session, ...media] = sectionsOf(text);
  const audios = media
    .map((lines, index) => ({ lines, index }))
    .filter((m) => m.lines[0]!.startsWith("m=audio "));
  const chosen = audios.find((m) => !/^m=audio 0[ /]/.test(m.lines[0]!)) ?? audios[0];
  if (!chosen || !session) return undefined;
  const { lines } = chosen;
  const [, port, profile, ...types] = lines[0]!.slice(2).split(/ +/);
  const connection = [...lines, ...session].find((line) => /^c=IN IP[46] /.test(line));
  const rtcp = attribute(lines, "rtcp");
  const either = (name: string) => attribute(lines, name) ?? attribute(session, name);
  const audio: SdpAudio = {
    port: Number.parseInt(port ?? "0", 10) || 0,
    host: connection?.split(" ")[2]?.split("/")[0] ?? "0.0.0.0",
    profile: profile ?? "RTP/AVP",
    direction: directionIn(lines) ?? directionIn(session) ?? "sendrecv",
    payloads: payloadsIn(lines, types.map(Number)),
    ptimeMs: Number(attribute(lines, "ptime")) || undefined,
    rtcpMux: lines.includes("a=rtcp-mux"),
    rtcpPort: rtcp ? Number.parseInt(rtcp, 10) || undefined : undefined,
    crypto: lines.filter((line) => line.startsWith("a=crypto:")).map((line) => line.slice(9)),
    mid: attribute(lines, "mid"),
    iceUfrag: either("ice-ufrag"),
    icePwd: either("ice-pwd"),
    fingerprint: either("fingerprint"),
    setup: either("setup"),
  };
  return { audio, audioIndex: chosen.index, mediaLines: media.map((m) => m[0]!) };
}

const refused = (mediaLine: string) => [mediaLine.replace(/^(m=\S+) \S+/, "$1 0")];

/** An SDP body with one audio section, and every other section of `like` refused by port 0. */
export function buildSdp(
  session: { id: number; version: number; host: string },
  audio: { lines: readonly string[]; sessionLines?: readonly string[] },
  like?: Sdp,
): string {
  const family = session.host.includes(":") ? "IP6" : "IP4";
  const head = [
    "v=0",
    `o=- ${session.id} ${session.version} IN ${family} ${session.host}`,
    "s=-",
    `c=IN ${family} ${session.host}`,
    "t=0 0",
    ...(audio.sessionLines ?? []),
  ];
  const media = like
    ? like.mediaLines.flatMap((line, index) => (index === like.audioIndex ? audio.lines : refused(line)))
    : audio.lines;
  return [...head, ...media, ""].join("\r\n");
}
