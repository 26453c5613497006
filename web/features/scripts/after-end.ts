import type { DispositionNode } from "../../../shared/campaigns.ts";
import type { DeskDraft } from "../../../shared/desk.ts";
import { fillText, type Variables } from "../../../shared/script-text.ts";
import type { ScriptEnd } from "../../../shared/scripts.ts";

/** The leaf with this label, or this path such as `Interested / Sold`, anywhere in the tree. */
export function leafNamed(
  tree: readonly DispositionNode[],
  name: string,
  path: readonly string[] = [],
): DispositionNode | undefined {
  for (const node of tree) {
    const here = [...path, node.label];
    const isNamed = node.label === name.trim() || here.join(" / ") === name.trim();
    if (node.children.length === 0 && isNamed) return node;
    const below = leafNamed(node.children, name, here);
    if (below) return below;
  }
  return undefined;
}

/** What a last page puts into the summary; what the agent wrote stays. `now` in ms. */
export function draftAfterEnd(
  draft: DeskDraft,
  end: ScriptEnd,
  facts: { dispositions: readonly DispositionNode[]; variables: Variables; now: number },
): DeskDraft {
  const leaf = end.disposition === "" ? undefined : leafNamed(facts.dispositions, end.disposition);
  const note = fillText(end.note, facts.variables).trim();
  const due = end.callbackMinutes === null ? null : facts.now + end.callbackMinutes * 60_000;
  return {
    ...draft,
    dispositionId: leaf?.id ?? draft.dispositionId,
    callbackAt: draft.callbackAt ?? (due === null ? null : new Date(due).toISOString()),
    note:
      note === "" || draft.note.includes(note)
        ? draft.note
        : [draft.note.trim(), note].filter(Boolean).join("\n"),
  };
}
