import { useEffect, useRef } from "react";
import type { DeskCall, DeskDraft } from "../../../shared/desk.ts";
import type { EmbedSummary } from "../../../shared/embed.ts";
import { dispositionPath } from "../../../shared/service-summary.ts";
import { useDeskIfAny } from "../desk/desk-context.ts";
import { onSummary } from "../desk/summary-news.ts";
import { usePauseReasons } from "../desk/use-pause-reasons.ts";
import { deskErrorText } from "../desk/refusal-text.ts";
import { ApiError } from "../../lib/api.ts";
import { bridge } from "./bridge.ts";
import { callNews } from "./embed-news.ts";
import { carryOut } from "./embed-commands.ts";
import { embedStateOf, nobody } from "./embed-state.ts";

function summaryOf(
  { callId, dispositions }: DeskCall,
  { dispositionId, form, note, callbackAt }: DeskDraft,
): EmbedSummary {
  const path = dispositionPath(dispositions, dispositionId).map(({ label }) => label);
  return {
    callId,
    disposition: dispositionId === null ? null : { id: dispositionId, path },
    form,
    note,
    callbackAt,
  };
}

/** Tells the page around this one what happens at the desk, and does what it asks. Under the desk's provider. */
export function useBridge(): void {
  const desk = useDeskIfAny();
  const { items: pauseReasons } = usePauseReasons();
  const now = useRef({ desk, pauseReasons });
  useEffect(() => {
    now.current = { desk, pauseReasons };
  });
  const told = useRef(nobody);

  useEffect(
    () =>
      bridge.serve(async (command, args) => {
        const { desk, pauseReasons } = now.current;
        if (!desk?.state || !desk.deskId)
          throw new ApiError(0, "signed-out", "Nobody is signed in at the desk.");
        return carryOut({ ...desk, state: desk.state, deskId: desk.deskId, pauseReasons }, command, args);
      }),
    [],
  );
  useEffect(() => onSummary((call, summary) => bridge.tell("saved", summaryOf(call, summary))), []);
  useEffect(() => () => bridge.setState(nobody), []);

  const state = desk?.state;
  const { online = false, inCharge = false, muted = false } = desk ?? {};
  useEffect(() => {
    if (!desk) bridge.setState(nobody);
  }, [desk]);
  useEffect(() => {
    if (!state) return;
    const next = embedStateOf({ state, online, inCharge, muted, pauseReasons });
    if (JSON.stringify(next) === JSON.stringify(told.current)) return;
    const news = callNews(told.current, next);
    told.current = next.state === "offline" ? { ...next, call: told.current.call } : next;
    bridge.setState(next);
    for (const { event, call } of news) bridge.tell(event, call);
  }, [state, online, inCharge, muted, pauseReasons]);

  const notice = state?.notice;
  const noticeAt = useRef<string>(undefined);
  useEffect(() => {
    if (!notice || noticeAt.current === notice.at) return;
    noticeAt.current = notice.at;
    const { code, detail } = notice;
    bridge.tell("notice", { code, message: deskErrorText(new ApiError(0, code, code, detail)) });
  }, [notice]);
}
