import type { DispositionNode } from "../../../shared/campaigns.ts";
import type { FlowStep, MessageFlow } from "../../../shared/message-flow.ts";

const flat = (nodes: readonly DispositionNode[]): DispositionNode[] =>
  nodes.flatMap((node) => [node, ...flat(node.children)]);

/** The flow for a copy of its campaign: dispositions of `from` become those of `to` at the same place of the tree. */
export function withDispositions(
  flow: MessageFlow,
  from: readonly DispositionNode[],
  to: readonly DispositionNode[],
): MessageFlow {
  const copies = flat(to);
  const copyOf = new Map(flat(from).map((node, place) => [node.id, copies[place]?.id]));
  const steps = (list: readonly FlowStep[]): FlowStep[] =>
    list.map((step) => {
      switch (step.do) {
        case "disposition":
          return { ...step, dispositionId: copyOf.get(step.dispositionId ?? undefined) ?? null };
        case "transfer":
          return { ...step, otherwise: steps(step.otherwise) };
        case "menu":
          return {
            ...step,
            keys: step.keys.map((branch) => ({ ...branch, steps: steps(branch.steps) })),
            noKey: steps(step.noKey),
            wrongKey: steps(step.wrongKey),
          };
        default:
          return step;
      }
    });
  return { ...flow, steps: steps(flow.steps) };
}
