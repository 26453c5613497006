import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { report, type ReportQuery } from "../../../shared/reports.ts";
import { api } from "../../lib/api.ts";

export const useReport = (query: ReportQuery) =>
  useQuery({
    queryKey: ["reports", "calls", query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/reports/calls", report, query, signal),
  });
