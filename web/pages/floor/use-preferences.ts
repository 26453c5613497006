import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { floorPreferences, type FloorPreferences } from "../../../shared/floor.ts";
import { api } from "../../lib/api.ts";

const key = ["floor", "preferences"] as const;
const path = "/floor/preferences";
const settleMs = 600;

/** How this person looks at the floor; a change shows at once and is kept shortly after. */
export function usePreferences() {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { data } = useQuery({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get(path, floorPreferences, {}, signal),
  });
  const unsaved = useRef<FloorPreferences>(undefined);
  const save = useCallback(() => {
    clearTimeout(timer.current);
    const next = unsaved.current;
    unsaved.current = undefined;
    // A view that could not be kept is no reason to disturb somebody who watches a floor.
    if (next) api.put(path, null, next).catch(() => undefined);
  }, []);
  useEffect(() => save, [save]);
  const change = useCallback(
    (part: Partial<FloorPreferences>) => {
      const next = { ...floorPreferences.parse(client.getQueryData(key) ?? {}), ...part };
      client.setQueryData(key, next);
      unsaved.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(save, settleMs);
    },
    [client, save],
  );
  return { preferences: data, change };
}
