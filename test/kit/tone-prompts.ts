import { sineSource } from "../../server/media/tones.ts";
import { toWav } from "../../server/media/wav.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import type { CallBed } from "./call-bed.ts";
import { until } from "./until.ts";

type Bed = Pick<CallBed, "manager"> & { server: Pick<CallBed["server"], "url"> };

async function storedSound({ server, manager }: Bed, name: string, wav: Buffer): Promise<number> {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(wav)], { type: "audio/wav" }), "sound.wav");
  const response = await fetch(`${server.url}/api/v1/sounds?name=${name}`, {
    method: "POST",
    headers: manager.headers,
    body: form,
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: number }).id;
}

/** A prompt that is this sound; its id. */
export async function storedPrompt(bed: Bed, name: string, wav: Buffer): Promise<number> {
  const parts = [{ kind: "sound", soundId: await storedSound(bed, name, wav) }];
  return (await bed.manager.ask("POST", "/prompts", { name, language: "en", parts })).id;
}

function toneWav(hz: number, ms: number): Buffer {
  const samples = new Int16Array(ms * 8);
  sineSource(hz, -15)(samples);
  return toWav(samples);
}

/** A sound that is one steady tone, stored in the server; its id. */
export const toneSound = (bed: Bed, hz: number, ms: number): Promise<number> =>
  storedSound(bed, `${hz}-${ms}`, toneWav(hz, ms));

/** A prompt that is one steady tone, so that it is known by its sound; its id. */
export const tonePrompt = (bed: Bed, hz: number, ms: number): Promise<number> =>
  storedPrompt(bed, `${hz}-${ms}`, toneWav(hz, ms));

/** Waits until the caller hears this tone, and none of these. */
export const hears = (call: CarrierCall, hz: number, ...none: number[]) =>
  until(`${call.from} hears ${hz} Hz`, async () => {
    const heard = await call.stream!.listen(100);
    return heard.toneDbm0(hz) > -30 && none.every((other) => heard.toneDbm0(other) < -40);
  });
