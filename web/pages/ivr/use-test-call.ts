import { useMemo, useState } from "react";
import { type IvrTestCall, ivrTestCall, type IvrTestInput } from "../../../shared/ivr/test-call.ts";
import { api } from "../../lib/api.ts";
import { useLiveItem } from "../../lib/use-live.ts";
import { useAct } from "../../ui/use-act.ts";
import { lineId, type Walked } from "./drawn.ts";

/** The blocks and ways of this flow that the caller has walked; sub-flows are drawn elsewhere. */
function walkedOf({ flowId, at, passed, state }: IvrTestCall): Walked {
  const here = passed.filter((step) => step.flowId === flowId);
  const now = state === "over" ? undefined : at.findLast((place) => place.flowId === flowId);
  return {
    now: now?.blockId ?? null,
    blocks: new Set(here.map(({ blockId }) => blockId)),
    lines: new Set(here.map(({ blockId, exit }) => lineId(blockId, exit))),
  };
}

/** A test of the draft on a telephone: begun, followed, spoken to and ended. */
export function useTestCall(flowId: number, save: () => Promise<boolean>) {
  const [begun, setBegun] = useState<IvrTestCall | null>(null);
  const live = useLiveItem("ivr-tests", begun?.id ?? null);
  const test = begun && (live ?? begun);
  const start = useAct(
    async (input: IvrTestInput) => {
      // What is walked is what is stored.
      await save();
      return api.post(`/ivr/flows/${flowId}/test-calls`, ivrTestCall, input);
    },
    { onDone: setBegun },
  );
  const path = `/ivr/test-calls/${begun?.id}`;
  const keys = useAct((pressed: string) => api.post(`${path}/keys`, null, { keys: pressed }));
  const back = useAct((exit: string) => api.post(`${path}/back`, null, { exit }));
  const stop = useAct(() => api.delete(path));
  const walked = useMemo(() => test && walkedOf(test), [test]);
  return { test, walked, start, keys, back, stop, close: () => setBegun(null) };
}
