import { useState, useSyncExternalStore } from "react";
import type { DeskCall } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { DraftKeeper } from "./draft-keeper.ts";

/** The summary of one call; mount it once per call (`key={callId}`). */
export function useSummary(call: DeskCall) {
  const { run } = useDesk();
  const [keeper] = useState(() => new DraftKeeper(call));
  const { draft, saved } = useSyncExternalStore(keeper.subscribe, keeper.view);
  const finish = async (): Promise<boolean> => {
    const done = await run("summary", { ...keeper.body(), final: true });
    if (done) keeper.finished();
    return done;
  };
  return { draft, saved, change: keeper.change, finish };
}
