/** What differs between two drawings of a flow; where blocks stand does not count. Pure. */
import { exitsOf, type IvrBlock } from "../../../shared/ivr/blocks.ts";
import type { IvrDocument } from "../../../shared/ivr/flow.ts";

export interface FlowDiff {
  added: IvrBlock[];
  removed: IvrBlock[];
  /** As they are afterwards. `what`: names of fields; `exits` for those that lead elsewhere. */
  changed: { block: IvrBlock; what: string[]; exits: string[] }[];
  /** The flow's own: `start`, `languages`, `longestMs`, `shown`, `parting`. */
  whole: string[];
}

const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
const unseen = new Set(["x", "y", "exits"]);

function fieldsOf(before: IvrBlock, after: IvrBlock): string[] {
  const fields: Record<string, unknown> = { ...after };
  const old: Record<string, unknown> = { ...before };
  return [...new Set([...Object.keys(old), ...Object.keys(fields)])].filter(
    (name) => !unseen.has(name) && differ(old[name], fields[name]),
  );
}

export function diffOf(before: IvrDocument, after: IvrDocument): FlowDiff {
  const old = new Map(before.blocks.map((block) => [block.id, block]));
  const now = new Set(after.blocks.map(({ id }) => id));
  const changed = after.blocks.flatMap((block) => {
    const was = old.get(block.id);
    if (!was) return [];
    const what = fieldsOf(was, block);
    const exits = [...new Set([...exitsOf(was), ...exitsOf(block)])].filter(
      (exit) => (was.exits[exit] ?? null) !== (block.exits[exit] ?? null),
    );
    return what.length + exits.length > 0 ? [{ block, what, exits }] : [];
  });
  const parts = ["start", "languages", "longestMs", "shown", "parting"] as const;
  return {
    added: after.blocks.filter(({ id }) => !old.has(id)),
    removed: before.blocks.filter(({ id }) => !now.has(id)),
    changed,
    whole: parts.filter((part) => differ(before[part], after[part])),
  };
}

export const isSame = ({ added, removed, changed, whole }: FlowDiff) =>
  added.length + removed.length + changed.length + whole.length === 0;
