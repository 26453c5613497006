import { sineSource } from "../../server/media/tones.ts";
import { toWav } from "../../server/media/wav.ts";
import type { CallBed } from "./call-bed.ts";

/** A stored prompt that is a steady tone, so that what is heard is plain. Its id. */
export async function tonePrompt(
  bed: Pick<CallBed, "manager" | "server">,
  name: string,
  hz: number,
  ms: number,
): Promise<number> {
  const samples = new Int16Array(8 * ms);
  sineSource(hz, -15)(samples);
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(toWav(samples))], { type: "audio/wav" }), "tone.wav");
  const { manager } = bed;
  const { headers } = manager;
  const at = `${bed.server.url}/api/v1/sounds?name=${name}`;
  const answer = await fetch(at, { method: "POST", headers, body: form });
  const { id: soundId } = (await answer.json()) as { id: number };
  const parts = [{ kind: "sound", soundId }];
  const { id } = await manager.ask("POST", "/prompts", { name, language: "en", parts });
  return id as number;
}
