import { useQuery } from "@tanstack/react-query";
import { pageOf } from "../../../shared/common.ts";
import { queueDetail, type QueueInput, skillDetail, type SkillInput } from "../../../shared/queues.ts";
import { api } from "../../lib/api.ts";
import { useUsers } from "../users/user-api.ts";

export const queuesKey = ["queues"] as const;
export const skillsKey = ["skills"] as const;

export const useQueues = () =>
  useQuery({
    queryKey: queuesKey,
    queryFn: ({ signal }) => api.get("/queues", pageOf(queueDetail), {}, signal),
  });

export const useSkills = () =>
  useQuery({
    queryKey: skillsKey,
    queryFn: ({ signal }) => api.get("/skills", pageOf(skillDetail), {}, signal),
  });

export const saveQueue = (id: number | null, input: QueueInput) =>
  id === null ? api.post("/queues", queueDetail, input) : api.put(`/queues/${id}`, queueDetail, input);

export const saveSkill = (id: number | null, input: SkillInput) =>
  id === null ? api.post("/skills", skillDetail, input) : api.put(`/skills/${id}`, skillDetail, input);

/** Everybody, to choose from: `value` is the user's id. */
export function useUserOptions(): { value: number; label: string }[] {
  const users = useUsers({ pageSize: 500 });
  return (users.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
