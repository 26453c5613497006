import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import {
  speechHeard,
  type SpeechInput,
  speechModels,
  speechState,
  type speechTrial,
} from "../../../shared/speech.ts";
import { api } from "../../lib/api.ts";
import { playSound } from "../../lib/play-sound.ts";

export const speechKey = ["speech"] as const;

export const useSpeech = () =>
  useQuery({ queryKey: speechKey, queryFn: ({ signal }) => api.get("/speech", speechState, {}, signal) });

export const useSpeechModels = () =>
  useQuery({
    queryKey: [...speechKey, "models"],
    queryFn: ({ signal }) => api.get("/speech/models", speechModels, {}, signal),
  });

export const saveSpeech = (input: SpeechInput) => api.put("/speech", speechState, input);

export type SpeechTrial = z.input<typeof speechTrial>;

export const listen = (trial: SpeechTrial) => playSound("/speech/listen", trial);
export const transcribe = (trial: SpeechTrial) => api.post("/speech/transcribe", speechHeard, trial);
