import { type AudioCodec, type Coder, isLaw, lawCoders } from "./codec.ts";
import { createG722 } from "./g722.ts";

/** A coder for one leg. Opus is loaded with the first leg that speaks it (15 ms). */
export async function openCoder(codec: AudioCodec): Promise<Coder> {
  if (isLaw(codec)) return lawCoders[codec];
  if (codec === "G722") return createG722();
  const { createOpus } = await import("./opus.ts");
  return createOpus();
}
