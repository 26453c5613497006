import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";
import { useLeaveWarning } from "../features/desk/use-leave-warning.ts";
import { useDanger } from "./use-danger.ts";

/** Asks before a page with unsaved work is left, by a link or by the browser. The answer lets it be left after all. */
export function useUnsaved(isChanged: boolean): () => void {
  const { t } = useTranslation();
  const danger = useDanger();
  const isLeft = useRef(false);
  useLeaveWarning(isChanged);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isChanged && !isLeft.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    danger({
      title: t("common.unsaved"),
      content: t("common.unsavedHelp"),
      okText: t("common.leaveAnyway"),
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
    // oxlint-disable-next-line react/exhaustive-deps -- one question for each time it is blocked
  }, [blocker.state]);
  return () => {
    isLeft.current = true;
  };
}
