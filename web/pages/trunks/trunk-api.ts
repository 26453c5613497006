import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { trunkRow, trunkTestRow } from "../../../shared/trunks.ts";
import { api } from "../../lib/api.ts";

export const trunksKey = ["trunks"] as const;

export const useTrunks = (enabled = true) =>
  useQuery({
    queryKey: trunksKey,
    enabled,
    queryFn: ({ signal }) => api.get("/trunks", pageOf(trunkRow), {}, signal),
  });

export const useTrunk = (id: number | null) =>
  useQuery({
    queryKey: [...trunksKey, id],
    enabled: id !== null,
    queryFn: ({ signal }) => api.get(`/trunks/${id}`, trunkRow, {}, signal),
  });

export const trunkTestsKey = (id: number) => [...trunksKey, id, "tests"] as const;

export const useTrunkTests = (id: number) =>
  useQuery({
    queryKey: trunkTestsKey(id),
    queryFn: ({ signal }) => api.get(`/trunks/${id}/tests`, pageOf(trunkTestRow), {}, signal),
  });
