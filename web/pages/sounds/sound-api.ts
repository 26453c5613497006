import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { promptRow, soundRow, voiceState } from "../../../shared/sounds.ts";
import { api } from "../../lib/api.ts";
import { upload } from "../../lib/upload.ts";

export const soundsKey = ["sounds"] as const;
export const promptsKey = ["prompts"] as const;

export const useSounds = () =>
  useQuery({
    queryKey: soundsKey,
    queryFn: ({ signal }) => api.get("/sounds", pageOf(soundRow), {}, signal),
  });

export const usePrompts = () =>
  useQuery({
    queryKey: promptsKey,
    queryFn: ({ signal }) => api.get("/prompts", pageOf(promptRow), {}, signal),
  });

export const useVoice = () =>
  useQuery({
    queryKey: ["voice"],
    queryFn: ({ signal }) => api.get("/voice", voiceState, {}, signal),
  });

export const uploadSound = ({ name, file }: { name: string; file: File }) =>
  upload("/sounds", soundRow, file, {
    query: { name },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
