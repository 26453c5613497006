import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../../shared/common.ts";
import { customerDetail, customerRow } from "../../../../shared/customers.ts";
import { type GreetingRule, greetingRules } from "../../../../shared/greetings.ts";
import { api } from "../../../lib/api.ts";

export const greetingsKey = ["greetings"] as const;

export const useGreetings = () =>
  useQuery({
    queryKey: greetingsKey,
    queryFn: ({ signal }) => api.get("/greetings", greetingRules, {}, signal),
  });

export const saveGreetings = (rules: readonly GreetingRule[]) =>
  api.put("/greetings", greetingRules, { rules });

export const useFoundCustomers = (search: string) =>
  useQuery({
    queryKey: ["customers", "found", search],
    queryFn: ({ signal }) =>
      api.get("/customers", pageOf(customerRow), { search, page: 1, pageSize: 20 }, signal),
    enabled: search !== "",
  });

export const useCustomerName = (id: number | undefined) =>
  useQuery({
    queryKey: ["customers", "named", id],
    queryFn: ({ signal }) => api.get(`/customers/${id}`, customerDetail, {}, signal),
    enabled: id !== undefined,
    select: ({ name }) => name,
  });
