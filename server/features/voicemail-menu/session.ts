/** One telephone in the menu: runs `menu-machine.ts`, its effects on the line and in the boxes. */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Language } from "../../../shared/common.ts";
import type { Clock, Timer } from "../../kernel/clock.ts";
import { reasonOf } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import type { Actor } from "../audit/index.ts";
import type { Line, LineListener, Sound } from "../calls/index.ts";
import type { Speech } from "../speech/index.ts";
import type { BoxesByPhone, PhoneBox } from "../voicemail/index.ts";
import type { Clip, MenuEffect, MenuEvent, MenuState, MenuStep, Said } from "./menu.ts";
import { begin, beginInside, menuStep } from "./menu-machine.ts";
import { clipFile, countsText, headText, type SpeakingContext } from "./said.ts";

/** So long nothing is keyed before the choices are said again. */
const quietMs = 8_000;
const longestGreetingMs = 120_000;
const shortestGreetingMs = 1_000;
const tone: Sound = { tones: [{ frequenciesHz: [1000], levelDbm0: -12, onMs: 400, offMs: 0 }] };

export interface SessionParts {
  boxes: BoxesByPhone;
  speech: Pick<Speech, "fileOf">;
  /** The caller's side of a recording, as WAV. */
  soundOf: (recordingId: string) => Promise<Buffer>;
  /** The party's side of a WAV file of two channels. */
  partyOf: (wav: Buffer) => Buffer;
  greetingPath: (boxId: number) => string;
  /** For sounds while they are played. */
  folder: string;
  clock: Clock;
  log: Log;
}

/** Who keys. */
export interface MenuUser {
  actor: Actor;
  /** At a telephone of ours: their id. */
  userId: number | null;
  /** The box, where it is known: its greeting was interrupted, or it calls. */
  boxId: number | null;
  speaking: Omit<SpeakingContext, "now" | "language"> & { language: Language };
  /** Calls this number at the desk; rejects where that is not possible now. */
  callBack: ((phone: string) => Promise<unknown>) | null;
  /** The box has called them; told when it is open. */
  calledOut?: () => Promise<void>;
}

export interface MenuSession {
  /** Takes the line and speaks. */
  start(line: Line): Promise<void>;
  listener: LineListener;
}

const known = ({ messages, hasGreeting }: PhoneBox) => ({
  messages: messages.map(({ id, heardAt }) => ({ id, heard: heardAt !== null })),
  hasGreeting,
});

export function createSession(parts: SessionParts, user: MenuUser): MenuSession {
  const { boxes, clock, log } = parts;
  const { language } = user.speaking;
  const folder = join(parts.folder, randomUUID());
  const newGreeting = join(folder, "greeting.wav");
  let line: Line | undefined;
  let state: MenuState;
  let box: PhoneBox | undefined;
  let timer: Timer | undefined;
  /** What is being said now; whatever was asked for before is not said any more. */
  let turn = 0;
  let playing: string | undefined;
  let greetingMs = 0;
  let ended = false;
  /** Keyed before the menu speaks. */
  const early: string[] = [];

  async function fileOf(name: string, sound: () => Promise<Buffer>): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, await sound());
    return path;
  }

  function text(said: Exclude<Said, string>): string {
    if ("counts" in said) return countsText(said.counts, language);
    const message = box?.messages.find(({ id }) => "head" in said && id === said.head);
    if (!message || !("head" in said)) return "";
    return headText(message, said, { ...user.speaking, now: new Date(clock.now()) });
  }

  /** Undefined: it cannot be said, and the rest is. */
  async function soundOf(said: Said): Promise<Sound | undefined> {
    if (said === "tone") return tone;
    if (typeof said === "string") return { file: clipFile(said, language) };
    try {
      if ("message" in said)
        return { file: await fileOf(`${said.message}.wav`, () => parts.soundOf(said.message)) };
      if ("greeting" in said)
        return { file: said.greeting === "recorded" ? newGreeting : parts.greetingPath(box!.id) };
      return { file: await parts.speech.fileOf(text(said), language) };
    } catch (error) {
      log.warn({ reason: reasonOf(error), said: Object.keys(said)[0] }, "the voicemail menu cannot say this");
      return "message" in said ? { file: clipFile("failed", language) } : undefined;
    }
  }

  async function say(what: readonly Said[]): Promise<void> {
    const mine = ++turn;
    line?.stop();
    playing = undefined;
    if (what.length === 0) return feed({ type: "said" });
    const sequence = (await Promise.all(what.map(soundOf))).flatMap((sound) => sound ?? []);
    if (mine !== turn || !line) return undefined;
    const id = await line.play({ sequence });
    if (mine === turn) playing = id;
    return undefined;
  }

  async function check(number: string, pin: string | null): Promise<void> {
    let found: PhoneBox | "wrong" | "locked" | undefined;
    if (pin === null) found = await boxes.ofKeeper(user.userId!, number);
    else found = await boxes.withPin(user.boxId === null ? { number } : { id: user.boxId }, pin);
    if (typeof found !== "object") {
      line?.note("voicemail-refused", { locked: found === "locked" });
      return feed({ type: "refused", locked: found === "locked" });
    }
    box = found;
    await user.calledOut?.();
    line?.note("voicemail-opened", { boxId: found.id });
    return feed({ type: "opened", ...known(found) });
  }

  /** What is said when it is done; `false`: it could not be. */
  async function work(effect: MenuEffect): Promise<{ ok: boolean; said?: Clip }> {
    switch (effect.type) {
      case "delete":
        await boxes.remove(effect.id, user.actor);
        return { ok: true, said: "deleted" };
      case "forward": {
        const done = await boxes.forward(effect.id, effect.to, user.actor);
        return done ? { ok: true, said: "forwarded" } : { ok: false, said: "no-such-box" };
      }
      case "call-back": {
        const phone = box?.messages.find(({ id }) => id === effect.id)?.phone;
        if (!user.callBack || phone === undefined) return { ok: false, said: "no-call-back" };
        try {
          await user.callBack(phone);
          return { ok: true, said: "calling-back" };
        } catch (error) {
          log.info({ reason: reasonOf(error), userId: user.userId }, "no call back from the voicemail menu");
          return { ok: false, said: "no-call-back" };
        }
      }
      case "keep-greeting":
        await boxes.keepGreeting(box!.id, await readFile(newGreeting), greetingMs);
        return { ok: true, said: "greeting-kept" };
      case "delete-greeting":
        await boxes.removeGreeting(box!.id);
        return { ok: true, said: "greeting-deleted" };
      default:
        return { ok: false };
    }
  }

  async function run(effect: MenuEffect): Promise<void> {
    switch (effect.type) {
      case "say":
        return say(effect.what);
      case "wait":
        timer?.cancel();
        timer = clock.after(quietMs, () => feed({ type: "quiet" }));
        return undefined;
      case "check":
        return check(effect.box, effect.pin);
      case "heard":
        return boxes.heard(effect.id);
      case "record":
        timer = clock.after(longestGreetingMs, () => feed({ type: "key", key: "#" }));
        return line?.record(join(folder, "line.wav"));
      case "stop-recording":
        return line?.stopRecording();
      case "hang-up":
        return line?.hangUp();
      default: {
        line?.stop();
        return feed({ type: "done", ...(await work(effect)) });
      }
    }
  }

  function take({ state: next, effects }: MenuStep): void {
    state = next;
    for (const effect of effects)
      run(effect).catch((error: unknown) => {
        // They hung up meanwhile.
        if (ended) return undefined;
        log.error({ err: error, effect: effect.type }, "the voicemail menu broke");
        if (effect.type === "say" || effect.type === "check") return line?.hangUp();
        return feed({ type: "done", ok: false });
      });
  }

  function feed(event: MenuEvent): void {
    if (!line) return;
    take(menuStep(state, event));
  }

  async function recorded(ok: boolean, durationMs: number): Promise<void> {
    const isLongEnough = ok && durationMs >= shortestGreetingMs;
    greetingMs = durationMs;
    if (isLongEnough) await writeFile(newGreeting, parts.partyOf(await readFile(join(folder, "line.wav"))));
    feed({ type: "recorded", ok: isLongEnough });
  }

  return {
    async start(taken) {
      await mkdir(folder, { recursive: true });
      if (user.userId !== null)
        box = await (user.boxId === null ? boxes.ofPerson(user.userId) : boxes.ofId(user.boxId));
      if (ended) return;
      if (box) await user.calledOut?.();
      line = taken;
      const { messages, hasGreeting } = box ? known(box) : { messages: [], hasGreeting: false };
      const first = user.calledOut ? (["called-out"] as const) : [];
      if (user.userId !== null) take(beginInside(messages, hasGreeting, ...first));
      else take(begin(user.boxId === null ? undefined : String(user.boxId), ...first));
      for (const key of early.splice(0)) feed({ type: "key", key });
    },
    listener: {
      key(key) {
        timer?.cancel();
        if (line) feed({ type: "key", key });
        else early.push(key);
      },
      played(playbackId) {
        if (playbackId !== playing) return;
        playing = undefined;
        feed({ type: "said" });
      },
      recorded(ok, durationMs) {
        recorded(ok, durationMs).catch((error: unknown) => {
          log.error({ err: error }, "a greeting could not be recorded");
          feed({ type: "recorded", ok: false });
        });
      },
      ended() {
        ended = true;
        line = undefined;
        turn++;
        timer?.cancel();
        rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
          log.warn({ err: error, folder }, "sounds of the voicemail menu are left");
        });
      },
    },
  };
}
