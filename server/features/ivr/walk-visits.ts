/** The blocks a caller was in: lines of the call's story, rows for the figures of the flow, the way on the agent's screen. */
import { exitsOf } from "../../../shared/ivr/blocks.ts";
import { blockOf } from "../../../shared/ivr/flow.ts";
import type { FlowLibrary, IvrEffect, IvrState, RunningFlow } from "../../../shared/ivr/state.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Arrival, GuidedCall } from "../calls/index.ts";
import { createCallerPath } from "./caller-path.ts";
import { insertVisit } from "./queries-walks.ts";

export interface Visit {
  flowId: number;
  versionId: number;
  blockId: string;
  at: number;
}

export function createVisits(
  { library, clock, moved }: { library: FlowLibrary; clock: Clock; moved: (flowId: number) => void },
  flow: RunningFlow,
  { callId }: Pick<Arrival, "callId">,
  note: (...line: Parameters<GuidedCall["note"]>) => void,
) {
  let open: Visit[] = [];
  const path = createCallerPath();
  const documents = new Set([flow.document]);
  const documentOf = (flowId: number) =>
    flowId === flow.flowId ? flow.document : library.get(flowId)!.document;

  /** Of the agent's screen. */
  function tell(effect: IvrEffect): void {
    const at = effect.type === "entered" ? effect : open.at(-1);
    if (!at) return;
    const document = documentOf(at.flowId);
    documents.add(document);
    path.heard(effect, blockOf(document, at.blockId));
  }

  /** `kind`: of the block in which the walk ended. */
  function close(visit: Visit, exit: string, kind?: string): void {
    const { flowId, versionId, blockId } = visit;
    const block = blockOf(documentOf(flowId), blockId);
    const row = {
      call_id: callId,
      flow_id: flowId,
      version_id: versionId,
      block_id: blockId,
      kind: kind ?? block?.kind ?? "",
      entered_at: new Date(visit.at),
      left_at: new Date(clock.now()),
      exit,
    };
    const isSilent = block !== undefined && !("speech" in block) && exitsOf(block).length > 0;
    const data = { block: block?.title || blockId, kind: block?.kind, exit, flowId, blockId };
    note(isSilent && exit === "next" ? null : "ivr-block", data, (tx) => insertVisit(tx, row));
  }

  return {
    /** The block where the caller is, and those of flows around it, the innermost last. */
    open: (): readonly Visit[] => open,
    tell,
    entered(effect: IvrEffect & { type: "entered" }): void {
      open.push({ ...effect, at: clock.now() });
      moved(effect.flowId);
    },
    exited({ flowId, exit }: IvrEffect & { type: "exited" }): void {
      const visit = open.pop();
      if (visit) close(visit, exit);
      moved(flowId);
    },
    end(exit: string): void {
      const visits = open.reverse();
      const [last] = visits;
      const kind = last && blockOf(documentOf(last.flowId), last.blockId)?.kind;
      for (const visit of visits) close(visit, exit, kind);
      open = [];
      for (const { flowId } of visits) moved(flowId);
    },
    story: (state: IvrState) => path.story(state, [...documents]),
  };
}
