import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { pauseReason } from "../../../shared/desk.ts";
import { api } from "../../lib/api.ts";

const answer = z.object({ items: z.array(pauseReason) });

/** The pause reasons in the company's order, with their words. */
export function usePauseReasons() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["desk", "pause-reasons"],
    staleTime: 60_000,
    queryFn: () => api.get("/desk/pause-reasons", answer),
  });
  const items = data?.items ?? [];
  const labelOf = (id: number | null): string | undefined => {
    const reason = items.find((item) => item.id === id);
    return reason && t(`desk.pauseReason.${reason.code}`, { defaultValue: reason.label });
  };
  return { items, labelOf };
}
