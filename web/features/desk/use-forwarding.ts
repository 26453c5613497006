import { useQuery } from "@tanstack/react-query";
import { forwarding, type ForwardingInput, forwardingInput } from "../../../shared/forwarding.ts";
import { api } from "../../lib/api.ts";
import { useAct } from "../../ui/use-act.ts";

export const forwardingKey = ["forwarding"] as const;

/** Where one's own calls go. */
export const useForwarding = () =>
  useQuery({
    queryKey: forwardingKey,
    queryFn: ({ signal }) => api.get("/forwarding", forwarding, {}, signal),
  });

/** Changes some of it; the rest stays. */
export const useForwardingChange = (said?: string) =>
  useAct(
    async (change: Partial<ForwardingInput>) => {
      const now = await api.get("/forwarding", forwarding);
      return api.put("/forwarding", forwarding, forwardingInput.parse({ ...now, ...change }));
    },
    { stale: [forwardingKey], ...(said === undefined ? {} : { said }) },
  );
