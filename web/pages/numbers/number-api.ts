import { useQuery } from "@tanstack/react-query";
import { calendar, type CalendarInput, calendarReading } from "../../../shared/calendars.ts";
import { pageOf } from "../../../shared/common.ts";
import {
  inboundRoutes,
  routeAnswer,
  type RouteQuestion,
  routeWhen,
  strayNumber,
} from "../../../shared/numbers.ts";
import { api } from "../../lib/api.ts";

export const routesKey = ["inbound-routes"] as const;
export const calendarsKey = ["calendars"] as const;

export const useInboundRoutes = () =>
  useQuery({
    queryKey: routesKey,
    queryFn: ({ signal }) => api.get("/inbound-routes", inboundRoutes, {}, signal),
  });

export const useStrays = () =>
  useQuery({
    queryKey: [...routesKey, "strays"],
    queryFn: ({ signal }) => api.get("/inbound-routes/strays", pageOf(strayNumber), {}, signal),
  });

export const useCalendars = () =>
  useQuery({
    queryKey: calendarsKey,
    queryFn: ({ signal }) => api.get("/calendars", pageOf(calendar), {}, signal),
  });

export const saveCalendar = (id: number | null, input: CalendarInput) =>
  id === null ? api.post("/calendars", calendar, input) : api.put(`/calendars/${id}`, calendar, input);

export const readCalendar = (text: string) => api.post("/calendars/read", calendarReading, { text });

export const askRoute = (question: RouteQuestion) => api.post("/inbound-routes/test", routeAnswer, question);

/** A rule that asks for nothing yet. */
export const noConditions = routeWhen.parse({});
