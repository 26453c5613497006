import { useCallback } from "react";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { orgUnit } from "../../../shared/users.ts";
import { api } from "../../lib/api.ts";
import { useCan } from "../../lib/session.ts";

/** The company's units, for whoever may see them. */
export function useUnits() {
  const enabled = useCan("users.see");
  const { data } = useQuery({
    queryKey: ["org-units"],
    enabled,
    queryFn: ({ signal }) => api.get("/org-units", z.array(orgUnit), {}, signal),
  });
  const unitName = useCallback((id: number | null) => data?.find((unit) => unit.id === id)?.name, [data]);
  return { units: data ?? [], unitName };
}
