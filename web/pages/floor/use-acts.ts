import { App } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { type FloorResult, floorResults, type Force } from "../../../shared/floor.ts";
import { api } from "../../lib/api.ts";
import { errorText } from "../../lib/error-text.ts";
import { useLiveLook } from "../../lib/use-live.ts";

/** Acts on agents; what came of each is said, by name where it failed. */
export function useActs() {
  const agents = useLiveLook("agents");
  const { t } = useTranslation();
  const { message, notification } = App.useApp();

  const say = useCallback(
    (results: FloorResult[]) => {
      const failed = results.filter(({ code }) => code !== null);
      const later = results.filter((result) => result.later).length;
      const done = results.length - failed.length - later;
      const parts = [
        done > 0 && t("floor.done", { count: done }),
        later > 0 && t("floor.doneLater", { count: later }),
      ].filter(Boolean);
      if (parts.length > 0) void message.success(parts.join(" · "));
      if (failed.length > 0)
        notification.warning({
          key: "floor-refused",
          role: "alert",
          title: t("floor.notDone", { count: failed.length }),
          description: failed
            .slice(0, 8)
            .map(({ userId, code }) => `${agents()[userId]?.name ?? userId}: ${t(`errors.${code}`)}`)
            .join(" "),
        });
    },
    [agents, message, notification, t],
  );
  const ask = useCallback(
    async (path: string, body: unknown) => {
      try {
        say((await api.post(path, floorResults, body)).results);
        return true;
      } catch (error) {
        void message.error(errorText(error));
        return false;
      }
    },
    [say, message],
  );
  return {
    force: (userIds: number[], act: Force) => ask("/floor/force", { userIds, act }),
    move: (userIds: number[], add: number[], remove: number[]) =>
      ask("/floor/move", { userIds, add, remove }),
  };
}
