import { queryOptions } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { speedDial } from "../../../shared/speed-dials.ts";
import { api } from "../../lib/api.ts";

export const speedDialsKey = ["speed-dials"] as const;
export const speedDialsQuery = queryOptions({
  queryKey: speedDialsKey,
  queryFn: ({ signal }) => api.get("/speed-dials", pageOf(speedDial), {}, signal),
});
