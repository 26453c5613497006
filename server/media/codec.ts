import { type Codec as Law, decode, encode } from "./g711.ts";

/**
 * What a leg can speak. Rooms mix at 8 kHz: a carrier's G.711 has no more, and every frame of every leg would cost
 * twice. Two parties with the same wideband codec are relayed untouched and keep it whole.
 */
export type AudioCodec = Law | "G722" | "OPUS";

export interface CodecFacts {
  /** Of `a=rtpmap`, as `SdpPayload.name` has it. */
  name: string;
  /** Static (RFC 3551 §6), or the dynamic type that we offer. */
  payloadType: number;
  /** RTP ticks a second: that of G.722 is 8000 by an old error that became the standard (RFC 3551 §4.5.2). */
  clockRate: number;
  fmtp?: string;
}

export const codecFacts: Readonly<Record<AudioCodec, CodecFacts>> = {
  PCMU: { name: "PCMU/8000", payloadType: 0, clockRate: 8000 },
  PCMA: { name: "PCMA/8000", payloadType: 8, clockRate: 8000 },
  G722: { name: "G722/8000", payloadType: 9, clockRate: 8000 },
  OPUS: { name: "OPUS/48000/2", payloadType: 111, clockRate: 48_000, fmtp: "minptime=20;useinbandfec=1" },
};

export const isLaw = (codec: AudioCodec): codec is Law => codec === "PCMA" || codec === "PCMU";

/** Packets of one can be passed on to a party that agreed on the other: bytes as they are, or law to law by table. */
export const canRelay = (from: AudioCodec, to: AudioCodec) => from === to || (isLaw(from) && isLaw(to));

/** Packets to 8 kHz samples, in order; it has a state but for G.711. */
export interface AudioDecoder {
  /** The number of samples, at most `into.length`. A payload that is none gives 0. */
  decode(payload: Uint8Array, into: Int16Array): number;
  /** Fills all of `into` for a packet that was lost, when the codec knows how. */
  conceal?(into: Int16Array): void;
}

/** Frames of 8 kHz samples to packets. */
export interface AudioEncoder {
  /** Most bytes that a frame of 20 ms makes. */
  readonly maxBytes: number;
  /** Writes into `into` from `at`; the number of bytes. */
  encode(frame: Int16Array, into: Uint8Array, at: number): number;
}

/** One leg's codec, with its state in both directions. */
export interface Coder {
  readonly codec: AudioCodec;
  readonly decoder: AudioDecoder;
  readonly encoder: AudioEncoder;
  close(): void;
}

const lawCoder = (law: Law): Coder => ({
  codec: law,
  decoder: { decode: (payload, into) => decode(law, payload, into) },
  encoder: {
    maxBytes: 160,
    encode(frame, into, at) {
      encode(law, frame, into, at);
      return frame.length;
    },
  },
  close: () => undefined,
});

/** G.711 has no state: one coder serves all legs. */
export const lawCoders: Readonly<Record<Law, Coder>> = { PCMA: lawCoder("PCMA"), PCMU: lawCoder("PCMU") };
