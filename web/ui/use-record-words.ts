import { useTranslation } from "react-i18next";
import { formatInstant } from "../lib/format.ts";
import { recordWords } from "../lib/record-words.ts";

/** Details of events and decisions as one line of words; `names` as of a call's page. */
export function useRecordWords(
  names: Readonly<Record<string, string>> = {},
): (record: Record<string, unknown>) => string {
  const { t } = useTranslation();
  return (record) =>
    recordWords(record, {
      t: (key, options) => t(key, options ?? {}),
      names,
      instant: (iso) => formatInstant(iso, "full"),
    });
}
