import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { z } from "zod";
import { languages } from "../../shared/common.ts";
import { api, ApiError } from "./api.ts";

export const me = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string(),
  role: z.string(),
  permissions: z.array(z.string()),
  locale: z.enum(languages),
  mustChangePassword: z.boolean(),
  timeZone: z.string().optional(),
});
export type Me = z.infer<typeof me>;

export const meKey = ["me"] as const;

/** Who is signed in; null: nobody. */
export function useMe() {
  return useQuery({
    queryKey: meKey,
    staleTime: Number.POSITIVE_INFINITY,
    retry: (count, error) => count < 3 && error instanceof ApiError && error.status === 0,
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

export const SessionContext = createContext<Me | null>(null);

/** The signed-in person; only under the shell. */
export function useSession(): Me {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession outside of the signed-in pages");
  return session;
}

/** Whether the signed-in person holds a permission. */
export const useCan = (permission: string) => use(SessionContext)?.permissions.includes(permission) ?? false;
