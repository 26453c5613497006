import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import {
  followUpRow,
  surveyDetail,
  type SurveyInput,
  surveyReportRow,
  surveyResult,
  surveyTrendRow,
} from "../../../shared/surveys.ts";
import { api, type Query } from "../../lib/api.ts";

export const surveysKey = ["surveys"] as const;

export const useSurveys = () =>
  useQuery({
    queryKey: surveysKey,
    queryFn: ({ signal }) => api.get("/surveys", pageOf(surveyDetail), {}, signal),
  });

export const useSurveyReport = (filter: Query) =>
  useQuery({
    queryKey: [...surveysKey, "report", filter],
    queryFn: ({ signal }) => api.get("/survey-report", pageOf(surveyReportRow), filter, signal),
  });

export const useSurveyTrend = (filter: Query) =>
  useQuery({
    queryKey: [...surveysKey, "trend", filter],
    queryFn: ({ signal }) => api.get("/survey-trend", pageOf(surveyTrendRow), filter, signal),
  });

export const useFollowUps = (filter: Query) =>
  useQuery({
    queryKey: [...surveysKey, "follow-ups", filter],
    queryFn: ({ signal }) => api.get("/survey-follow-ups", pageOf(followUpRow), filter, signal),
  });

export const useSurveyResults = (filter: Query) =>
  useQuery({
    queryKey: [...surveysKey, "results", filter],
    queryFn: ({ signal }) => api.get("/survey-results", pageOf(surveyResult), filter, signal),
  });

export const saveSurvey = (id: number | null, input: SurveyInput) =>
  id === null ? api.post("/surveys", surveyDetail, input) : api.put(`/surveys/${id}`, surveyDetail, input);
