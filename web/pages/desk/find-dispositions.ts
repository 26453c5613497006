import type { DispositionNode } from "../../../shared/campaigns.ts";

const leavesOf = (nodes: readonly DispositionNode[], above: DispositionNode[] = []): DispositionNode[][] =>
  nodes.flatMap((node) => {
    const path = [...above, node];
    return node.children.length > 0 ? leavesOf(node.children, path) : [path];
  });

/** Leaves in whose path each of these words stands, as paths from the root; all for an empty text. */
export function findDispositions(tree: readonly DispositionNode[], text: string): DispositionNode[][] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return leavesOf(tree).filter((path) => {
    const label = path.map((node) => node.label.toLowerCase()).join(" ");
    return words.every((word) => label.includes(word));
  });
}
