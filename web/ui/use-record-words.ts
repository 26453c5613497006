import { useTranslation } from "react-i18next";
import { formatInstant } from "../lib/format.ts";
import { recordWords } from "../lib/record-words.ts";

/** Details of events and decisions as one line of words. */
export function useRecordWords(): (record: Record<string, unknown>) => string {
  const { t } = useTranslation();
  return (record) =>
    recordWords(record, {
      t: (key, options) => t(key, options ?? {}),
      instant: (iso) => formatInstant(iso, "full"),
    });
}
