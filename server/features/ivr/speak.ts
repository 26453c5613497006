import type { Language } from "../../../shared/common.ts";
import type { Speech } from "../../../shared/ivr/block-parts.ts";
import type { Log } from "../../kernel/log.ts";
import type { Sounds } from "../sounds/index.ts";

type Playable = Awaited<ReturnType<Sounds["play"]>>;

/** When the voice fails, a caller still hears that something happened. */
const tone: Playable = { signal: "confirmation", country: "CN" };

/** What is said, one after the other; null: nothing. Never rejects. */
export async function soundOf(
  { sounds, log }: { sounds: Pick<Sounds, "play" | "playPrompt">; log: Log },
  speeches: readonly Speech[],
  { language, variables }: { language: Language; variables: Readonly<Record<string, string>> },
): Promise<Playable | null> {
  async function made(one: Speech): Promise<Playable[]> {
    try {
      const stored = one.promptId === null ? undefined : sounds.playPrompt(one.promptId, variables);
      if (stored) return [await stored];
      // A text that was written in the other language alone is better than silence.
      const text = one[language] || one.zh || one.en;
      if (text === "") return [];
      const spoken = one[language] ? language : one.zh ? "zh" : "en";
      return [await sounds.play({ language: spoken, parts: [{ kind: "text", text }] }, variables)];
    } catch (error) {
      log.error({ err: error, promptId: one.promptId }, "a flow cannot be spoken");
      return [tone];
    }
  }
  const sequence = (await Promise.all(speeches.map(made))).flat();
  return sequence.length === 0 ? null : { sequence };
}
