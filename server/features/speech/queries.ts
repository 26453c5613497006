import { speechConfig, type SpeechConfig, type SpeechInput } from "../../../shared/speech.ts";
import type { Db, Tx } from "../../kernel/db.ts";
import "./tables.ts";

export interface StoredSpeech {
  config: SpeechConfig;
  apiKey: string | null;
}

/** What is chosen; what was never chosen, or no longer fits, is as usual. */
export async function readSpeech(db: Db): Promise<StoredSpeech> {
  const row = await db.selectFrom("speech_config").select(["config", "api_key"]).executeTakeFirst();
  const read = speechConfig.safeParse(row?.config ?? {});
  return { config: read.success ? read.data : speechConfig.parse({}), apiKey: row?.api_key ?? null };
}

/** A key that is left out stays. */
export async function writeSpeech(
  tx: Tx,
  { apiKey, ...config }: SpeechInput,
  { at, userId }: { at: Date; userId: number | null },
): Promise<void> {
  const row = {
    config: JSON.stringify(config),
    ...(apiKey !== undefined && { api_key: apiKey }),
    updated_at: at,
    updated_by: userId,
  };
  await tx
    .insertInto("speech_config")
    .values({ id: true, api_key: null, ...row })
    .onConflict((oc) => oc.column("id").doUpdateSet(row))
    .execute();
}
