import { App } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { inUseDetail, type Use } from "../../shared/uses.ts";
import { ApiError } from "../lib/api.ts";
import { useAct } from "./use-act.ts";
import { UsesList } from "./uses-list.tsx";

/** Who uses what could not be deleted; undefined: it failed for another reason. */
function usesIn(error: unknown): Use[] | undefined {
  if (!(error instanceof ApiError) || error.code !== "in-use") return undefined;
  return inUseDetail.safeParse(error.detail).data?.uses;
}

/** Deletes something of a name; as long as it is used elsewhere it stays, and who uses it is shown with the way there. */
export function useDelete<V>(
  remove: (input: V) => Promise<unknown>,
  options: { stale?: readonly (readonly unknown[])[]; said?: string; onDone?: () => void } = {},
): { ask: (input: V) => Promise<void>; isPending: boolean } {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const show = (uses: Use[]) => {
    const { destroy } = modal.warning({
      title: t("uses.title"),
      content: (
        <UsesList
          uses={uses}
          onOpen={(path) => {
            destroy();
            void navigate(path);
          }}
        />
      ),
      okText: t("common.close"),
      closable: true,
    });
  };
  const act = useAct(remove, {
    ...options,
    onError(error) {
      const uses = usesIn(error);
      if (uses) show(uses);
      return uses !== undefined;
    },
  });
  return {
    isPending: act.isPending,
    async ask(input) {
      try {
        await act.mutateAsync(input);
      } catch (error) {
        // Its question is answered: it closes under what is shown.
        if (!usesIn(error)) throw error;
      }
    },
  };
}
