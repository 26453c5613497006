import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { pageOf } from "../../../shared/common.ts";
import { directNumbers } from "../../../shared/forwarding.ts";
import { orgUnit, user } from "../../../shared/users.ts";
import { api, type Query } from "../../lib/api.ts";

export const usersKey = ["users"] as const;
export const orgUnitsKey = ["org-units"] as const;
export const directNumbersKey = ["direct-numbers"] as const;

export const useUsers = (filter: Query, enabled = true) =>
  useQuery({
    queryKey: [...usersKey, filter],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/users", pageOf(user), filter, signal),
  });

export const useOrgUnits = () =>
  useQuery({
    queryKey: orgUnitsKey,
    queryFn: ({ signal }) => api.get("/org-units", z.array(orgUnit), {}, signal),
  });

/** People's direct numbers by their ids. */
export const useDirectNumbers = () =>
  useQuery({
    queryKey: directNumbersKey,
    queryFn: async ({ signal }) => {
      const { items } = await api.get("/direct-numbers", directNumbers, {}, signal);
      return new Map(items.map(({ userId, directNumber }) => [userId, directNumber]));
    },
  });
