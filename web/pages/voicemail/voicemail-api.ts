import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { deskColleagues } from "../../../shared/call-control.ts";
import { pageOf } from "../../../shared/common.ts";
import {
  type boxChange,
  boxRow,
  type MessageChange,
  messageRow,
  type newBox,
} from "../../../shared/voicemail.ts";
import { api } from "../../lib/api.ts";
import { upload } from "../../lib/upload.ts";

/** Everything about messages: one that was heard changes counts of boxes as well. */
export const voicemailKey = ["voicemail"] as const;

export const useBoxes = () =>
  useQuery({
    queryKey: [...voicemailKey, "boxes"],
    queryFn: ({ signal }) => api.get("/voicemail/boxes", pageOf(boxRow), {}, signal),
  });

export interface MessagesAsked {
  boxId?: number | undefined;
  state: "all" | "unheard";
  search?: string | undefined;
  page: number;
}
export const pageSize = 20;

export const useMessages = (asked: MessagesAsked) =>
  useQuery({
    queryKey: [...voicemailKey, "messages", asked],
    queryFn: ({ signal }) =>
      api.get("/voicemail/messages", pageOf(messageRow), { ...asked, pageSize }, signal),
    placeholderData: (before) => before,
    refetchInterval: 30_000,
  });

export const usePeople = () =>
  useQuery({
    queryKey: ["desk-colleagues"],
    queryFn: ({ signal }) => api.get("/desk/colleagues", deskColleagues, {}, signal),
  });

export const changeMessage = ({ id, ...change }: MessageChange & { id: string }) =>
  api.patch(`/voicemail/messages/${id}`, null, change);
export const removeMessage = (id: string) => api.delete(`/voicemail/messages/${id}`);

export const createBox = (input: z.input<typeof newBox>) => api.post("/voicemail/boxes", boxRow, input);
export const changeBox = ({ id, ...input }: z.input<typeof boxChange> & { id: number }) =>
  api.put(`/voicemail/boxes/${id}`, boxRow, input);
export const removeBox = (id: number) => api.delete(`/voicemail/boxes/${id}`);

export const setPin = ({ boxId, pin }: { boxId: number; pin: string | null }) =>
  api.put(`/voicemail/boxes/${boxId}/pin`, boxRow, { pin });

export const greetingPath = (boxId: number) => `/voicemail/boxes/${boxId}/greeting`;
export const uploadGreeting = ({ boxId, file }: { boxId: number; file: File }) =>
  upload(greetingPath(boxId), boxRow, file, {
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
export const removeGreeting = (boxId: number) => api.delete(greetingPath(boxId));
