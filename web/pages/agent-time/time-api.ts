import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { agentDay, agentDays, agentTimeReport, shiftPlan } from "../../../shared/agent-time.ts";
import { api, type Query } from "../../lib/api.ts";

export const shiftsKey = ["shifts"] as const;

export const useAgentTime = (query: Query) =>
  useQuery({
    queryKey: ["agent-time", query],
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
    queryFn: ({ signal }) => api.get("/agent-time", agentTimeReport, query, signal),
  });

export const useAgentDays = (userId: number, query: Query, enabled: boolean) =>
  useQuery({
    queryKey: ["agent-time", userId, "days", query],
    enabled,
    queryFn: ({ signal }) => api.get(`/agent-time/${userId}/days`, agentDays, query, signal),
  });

export const useAgentDay = (userId: number, day: string) =>
  useQuery({
    queryKey: ["agent-time", userId, day],
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
    queryFn: ({ signal }) => api.get(`/agent-time/${userId}`, agentDay, { day }, signal),
  });

export const useShifts = () =>
  useQuery({ queryKey: shiftsKey, queryFn: ({ signal }) => api.get("/shifts", shiftPlan, {}, signal) });
