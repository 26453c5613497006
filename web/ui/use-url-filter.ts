import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

export type FilterValues<K extends string> = Partial<Record<K, string>>;

/**
 * A page's filters live in its address, so that a filtered table can be linked, kept and gone back to. Changing a
 * filter returns to the first page. `set` replaces the history entry; an empty value removes the key.
 */
export function useUrlFilter<K extends string>(keys: readonly K[]) {
  const [params, setParams] = useSearchParams();
  const values = useMemo(() => {
    const found: FilterValues<K> = {};
    for (const key of keys) {
      const value = params.get(key);
      if (value !== null && value !== "") found[key] = value;
    }
    return found;
  }, [params, keys]);
  const set = useCallback(
    (patch: Partial<Record<K | "page" | "pageSize", string | number | null | undefined>>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (!("page" in patch)) next.delete("page");
          for (const [key, value] of Object.entries(patch))
            if (value === undefined || value === null || value === "") next.delete(key);
            else next.set(key, String(value));
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const page = Math.max(1, Number(params.get("page")) || 1);
  const pageSize = Math.min(500, Math.max(1, Number(params.get("pageSize")) || 50));
  return { values, set, page, pageSize, any: Object.keys(values).length > 0 };
}
