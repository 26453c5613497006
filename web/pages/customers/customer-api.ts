import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { customerDetail, type CustomerFilter, customerRow } from "../../../shared/customers.ts";
import { api } from "../../lib/api.ts";

export const customersKey = ["customers"] as const;

export const useCustomers = (filter: Partial<CustomerFilter>) =>
  useQuery({
    queryKey: [...customersKey, "page", filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/customers", pageOf(customerRow), filter, signal),
  });

export const useCustomer = (id: number) =>
  useQuery({
    queryKey: [...customersKey, id],
    queryFn: ({ signal }) => api.get(`/customers/${id}`, customerDetail, {}, signal),
  });
