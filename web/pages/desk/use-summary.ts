import { useState, useSyncExternalStore } from "react";
import { type DeskCall, type DeskDraft, deskDraft, deskState } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { emptyDraft } from "../../features/desk/summary-draft.ts";
import { tellSummary } from "../../features/desk/summary-news.ts";
import { api } from "../../lib/api.ts";
import { stashOf } from "./draft-stash.ts";
import { Keeper } from "./keeper.ts";

const summaryKeeper = ({ callId, draft }: DeskCall) =>
  new Keeper<DeskDraft>({
    stash: stashOf("draft", callId, deskDraft),
    stored: draft,
    empty: emptyDraft,
    method: "POST",
    path: "/desk/summary",
    bodyOf: (value) => ({ callId, ...value, final: false }),
    send: (body) => api.post("/desk/summary", deskState, body),
  });

/** The summary of one call; mount it once per call (`key={callId}`). */
export function useSummary(call: DeskCall) {
  const { run } = useDesk();
  const [keeper] = useState(() => summaryKeeper(call));
  const { value: draft, saved } = useSyncExternalStore(keeper.subscribe, keeper.view);
  const change = (part: Partial<DeskDraft>) => keeper.change((before) => ({ ...before, ...part }));
  const finish = async (): Promise<boolean> => {
    keeper.body();
    const summary = keeper.view().value;
    const done = await run("summary", { callId: call.callId, ...summary, final: true });
    if (!done) return false;
    keeper.finished();
    tellSummary(call, summary);
    return true;
  };
  return { draft, saved, change, finish };
}
export type Summary = ReturnType<typeof useSummary>;
