import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answerTimes, type AnswerTimesQuery, report, type ReportQuery } from "../../../shared/reports.ts";
import { api } from "../../lib/api.ts";

export const useReport = (query: ReportQuery) =>
  useQuery({
    queryKey: ["reports", "calls", query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/reports/calls", report, query, signal),
  });

export const useAnswerTimes = (query: AnswerTimesQuery) =>
  useQuery({
    queryKey: ["reports", "answer-times", query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get("/reports/answer-times", answerTimes, query, signal),
  });
