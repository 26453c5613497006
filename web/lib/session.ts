import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { me, type Me } from "../../shared/auth.ts";
import type { Permission } from "../../shared/permissions.ts";
import { settings, type Settings } from "../../shared/settings.ts";
import { api, ApiError } from "./api.ts";

export const meKey = ["me"] as const;
export const settingsKey = ["settings"] as const;

const unreachable = (count: number, error: unknown) =>
  count < 3 && error instanceof ApiError && error.status === 0;

/** Who is signed in; null: nobody. */
export function useMe() {
  return useQuery({
    queryKey: meKey,
    staleTime: Number.POSITIVE_INFINITY,
    retry: unreachable,
    queryFn: async () => {
      try {
        return await api.anonymous("GET", "/auth/me", me);
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
  });
}

/** The company's settings, for whoever is signed in. */
export const useSettings = (enabled = true) =>
  useQuery({
    queryKey: settingsKey,
    enabled,
    retry: unreachable,
    staleTime: 60_000,
    queryFn: ({ signal }) => api.get("/settings", settings, {}, signal),
  });

export const SessionContext = createContext<Me | null>(null);
export const CompanyContext = createContext<Settings | null>(null);

/** The signed-in person; only under the shell. */
export function useSession(): Me {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession outside of the signed-in pages");
  return session;
}

/** The company's settings; only under the shell. */
export function useCompany(): Settings {
  const company = use(CompanyContext);
  if (!company) throw new Error("useCompany outside of the signed-in pages");
  return company;
}

/** Whether the signed-in person holds a permission. */
export const useCan = (permission: Permission) =>
  use(SessionContext)?.permissions.includes(permission) ?? false;
