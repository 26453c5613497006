import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import {
  type ScreenInput,
  screenLink,
  screenRow,
  type WallboardInput,
  wallboardRow,
  type WallboardRow,
} from "../../../shared/wallboards.ts";
import { api } from "../../lib/api.ts";

export const wallboardsKey = ["wallboards"] as const;
export const screensKey = ["wall-screens"] as const;

export const useWallboards = () =>
  useQuery({
    queryKey: wallboardsKey,
    queryFn: ({ signal }) => api.get("/wallboards", pageOf(wallboardRow), {}, signal),
  });
export const useWallboard = (id: number) =>
  useQuery({
    queryKey: [...wallboardsKey, id],
    queryFn: ({ signal }) => api.get(`/wallboards/${id}`, wallboardRow, {}, signal),
  });
export const useScreens = () =>
  useQuery({
    queryKey: screensKey,
    queryFn: ({ signal }) => api.get("/wall-screens", pageOf(screenRow), {}, signal),
  });

export const addWallboard = (input: WallboardInput) => api.post("/wallboards", wallboardRow, input);
export const saveWallboard = ({ id, name, unitId, widgets, version }: WallboardRow) =>
  api.put(`/wallboards/${id}`, wallboardRow, { name, unitId, widgets, version });
export const removeWallboard = (id: number) => api.delete(`/wallboards/${id}`);

export const addScreen = (input: ScreenInput) => api.post("/wall-screens", screenLink, input);
export const saveScreen = (id: number, input: ScreenInput) =>
  api.put(`/wall-screens/${id}`, screenRow, input);
export const renewLink = (id: number) => api.post(`/wall-screens/${id}/link`, screenLink, {});
export const removeScreen = (id: number) => api.delete(`/wall-screens/${id}`);
