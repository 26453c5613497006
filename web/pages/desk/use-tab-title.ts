import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { DeskState } from "../../../shared/desk.ts";

/** The tab says what the agent is doing, so that a call is seen from another tab. */
export function useTabTitle(state: DeskState): void {
  const { t } = useTranslation();
  const name = (state.call?.lead ?? state.preview?.lead)?.name;
  const word = t(`desk.state.${state.state}`);
  useEffect(() => {
    document.title = `${word}${name ? ` · ${name}` : ""} · ${t("common.product")}`;
  }, [word, name, t]);
}
