import { useMemo } from "react";
import { useQueues } from "../queues/queue-api.ts";
import { useUsers } from "../users/user-api.ts";
import { useBoxes } from "../voicemail/voicemail-api.ts";
import { useDatabases, useFlows } from "./flow-api.ts";

export interface Choice {
  value: number;
  label: string;
}
const none: Choice[] = [];
const choices = (items: readonly { id: number; name: string }[] | undefined) =>
  items?.map(({ id, name }) => ({ value: id, label: name })) ?? none;
const all = { page: 1, pageSize: 200 };

/** Whom and what blocks may lead to, by name. */
export function useTargets(): Record<
  "agents" | "queues" | "flows" | "databases" | "boxes",
  readonly Choice[]
> {
  const agents = useUsers(all).data?.items;
  const queues = useQueues().data?.items;
  const flows = useFlows(all).data?.items;
  const databases = useDatabases().data?.items;
  const boxes = useBoxes().data?.items;
  return useMemo(
    () => ({
      agents: choices(agents),
      queues: choices(queues),
      flows: choices(flows),
      databases: choices(databases),
      boxes: choices(boxes?.filter(({ userId }) => userId === null)),
    }),
    [agents, queues, flows, databases, boxes],
  );
}
