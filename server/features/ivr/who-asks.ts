/** Which flows ask which databases and hosts, by their drafts and what is in force. */
import type { IvrBlock } from "../../../shared/ivr/blocks.ts";
import type { IvrDocument } from "../../../shared/ivr/flow.ts";

interface Asking {
  id: number;
  name: string;
  documents: readonly IvrDocument[];
}

const questionOf = (block: IvrBlock) => (block.kind === "verify" ? block.by : block);

export const databasesIn = (document: IvrDocument): number[] =>
  document.blocks.flatMap((block) => {
    const asked = questionOf(block);
    return asked.kind === "sql" && asked.databaseId !== null ? asked.databaseId : [];
  });
/** As a rule for hosts may name them: with the port and without. */
export const hostsIn = (document: IvrDocument): string[] =>
  document.blocks.flatMap((block) => {
    const asked = questionOf(block);
    const url = asked.kind === "http" ? URL.parse(asked.url) : null;
    return url ? [...new Set([url.host, url.hostname])] : [];
  });

/** By what `of` finds in a flow's documents. */
export function whoAsks<K extends string | number>(
  flows: readonly Asking[],
  of: (document: IvrDocument) => readonly K[],
): Map<K, { id: number; name: string }[]> {
  const found = new Map<K, { id: number; name: string }[]>();
  for (const { id, name, documents } of flows)
    for (const key of new Set(documents.flatMap(of)))
      found.set(key, [...(found.get(key) ?? []), { id, name }]);
  return found;
}
