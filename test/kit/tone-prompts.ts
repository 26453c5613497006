import { sineSource } from "../../server/media/tones.ts";
import { toWav } from "../../server/media/wav.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import type { CallBed } from "./call-bed.ts";
import { until } from "./until.ts";

/** A sound that is one steady tone, stored in the server; its id. */
export async function toneSound({ server, manager }: CallBed, hz: number, ms: number): Promise<number> {
  const samples = new Int16Array(ms * 8);
  sineSource(hz, -15)(samples);
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(toWav(samples))], { type: "audio/wav" }), "tone.wav");
  const response = await fetch(`${server.url}/api/v1/sounds?name=${hz}-${ms}`, {
    method: "POST",
    headers: manager.headers,
    body: form,
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: number }).id;
}

/** A prompt that is one steady tone, so that it is known by its sound; its id. */
export async function tonePrompt(bed: CallBed, hz: number, ms: number): Promise<number> {
  const soundId = await toneSound(bed, hz, ms);
  const parts = [{ kind: "sound", soundId }];
  return (await bed.manager.ask("POST", "/prompts", { name: `${hz}-${ms}`, language: "en", parts })).id;
}

/** Waits until the caller hears this tone, and none of these. */
export const hears = (call: CarrierCall, hz: number, ...none: number[]) =>
  until(`${call.from} hears ${hz} Hz`, async () => {
    const heard = await call.stream!.listen(100);
    return heard.toneDbm0(hz) > -30 && none.every((other) => heard.toneDbm0(other) < -40);
  });
