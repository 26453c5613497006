import type { Switch, TrunkConfig } from "./switch.ts";
import { audioConformance } from "./conformance-audio.ts";
import { endpointsConformance } from "./conformance-endpoints.ts";
import { signallingConformance } from "./conformance-signalling.ts";
import { transferConformance } from "./conformance-transfer.ts";
import { verbsConformance } from "./conformance-verbs.ts";

/** One call at the far side, with a person's hands on it. Tones are steady sines. */
export interface PartyCall {
  readonly from: string;
  readonly to: string;
  ring(): void;
  /** 183 with audio: this tone. */
  early(hz: number): void;
  answer(): void;
  refuse(status: number): void;
  hangup(): void;
  /** Asks the switch to be replaced by this number or by its own other call; resolves with the last status it was told. */
  transfer(to: string | PartyCall): Promise<number>;
  /** The next transfer that the switch asks of the party, which answers with this status of the call it was to make. */
  nextTransfer(status: number): Promise<{ to: string; replaces: boolean }>;
  hold(on: boolean): Promise<unknown>;
  tone(hz: number): void;
  quiet(): void;
  /** Levels of these tones in the next 400 ms of received audio, dBm0. */
  hear(...hz: number[]): Promise<number[]>;
  sendDtmf(digits: string): void;
  /** Digits received so far. */
  digits(): string;
  /** Resolves with how it ended: `bye`, `cancelled`, or a SIP status. */
  ended(): Promise<string>;
}

/** A phone of user 7001 that registered at the switch. */
export interface PartyPhone extends AsyncDisposable {
  /** Say so before the call is placed. */
  nextCall(): Promise<Pick<PartyCall, "answer" | "refuse" | "hangup" | "ended">>;
  call(number: string): Pick<PartyCall, "hangup" | "ended">;
}

/** The far side of the suite: a carrier that can be told what to do. */
export interface Party {
  /** Two trunks to it, with ids 1 and 2; the first can be put out of order. */
  readonly trunks: readonly [TrunkConfig, TrunkConfig];
  firstTrunkRefuses(status: number | undefined): void;
  /** Say so before the call is placed. */
  nextCall(): Promise<PartyCall>;
  /** `replacing`: this call is to take that one's place. */
  callIn(from: string, to: string, replacing?: PartyCall): PartyCall;
  /** Registers this user, whose password the switch knows. */
  phone(user: "7001"): Promise<PartyPhone>;
}

export interface Bench extends AsyncDisposable {
  readonly sw: Switch;
  readonly party: Party;
  /** Where recordings may be written. */
  readonly folder: string;
}

/**
 * The contract of `Switch` in executable form: any driver passes it, with a party that is not the driver's own
 * stack. Registers its tests with `node:test`; `makeBench` gives each test a switch of its own.
 */
export function conformance(makeBench: () => Promise<Bench>): void {
  signallingConformance(makeBench);
  transferConformance(makeBench);
  audioConformance(makeBench);
  verbsConformance(makeBench);
  endpointsConformance(makeBench);
}
