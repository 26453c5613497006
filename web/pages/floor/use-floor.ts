import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLiveLook } from "../../lib/use-live.ts";
import type { FloorAct } from "./floor-keys.ts";
import { useActs } from "./use-acts.ts";
import type { Supervise } from "./use-supervise.ts";

/** What the page asks for before an act is done. */
export interface Asking {
  act: "pause" | "message" | "move";
  userIds: number[];
}

/** Who is marked, and what is done with them. */
export function useFloor(supervise: Supervise) {
  const agents = useLiveLook("agents");
  const calls = useLiveLook("calls");
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const { force, move } = useActs();
  const [active, setActive] = useState<number | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [asking, setAsking] = useState<Asking | null>(null);

  function select(userIds: number[], on: boolean) {
    setSelected((before) => {
      const next = new Set(before);
      for (const id of userIds)
        if (on) next.add(id);
        else next.delete(id);
      return next;
    });
  }
  const nameOf = (userId: number | null | undefined) =>
    userId == null ? "" : (agents()[userId]?.name ?? "");

  function takeOver(callId: string) {
    modal.confirm({
      title: t("floor.takeOver.title", { name: nameOf(calls()[callId]?.agentId) }),
      content: t("floor.takeOver.text"),
      okText: t("control.act.take-over"),
      cancelText: t("common.cancel"),
      onOk: () => supervise.join(callId, "take-over"),
    });
  }
  function withCall(act: "listen" | "whisper" | "barge" | "take-over", userId: number | undefined) {
    const callId = userId === undefined ? null : agents()[userId]?.callId;
    const call = callId ? calls()[callId] : undefined;
    if (!call || call.state !== "talking")
      return void message.warning(t("floor.notTalking", { name: nameOf(userId) }));
    if (act === "take-over") return takeOver(call.callId);
    supervise.join(call.callId, act);
  }

  function act(what: FloorAct, userIds: number[]): void {
    switch (what) {
      case "listen":
      case "whisper":
      case "barge":
      case "take-over":
        return withCall(what, userIds[0]);
      case "message":
        return setAsking({ act: what, userIds });
      case "pause":
      case "move":
        return userIds.length > 0 ? setAsking({ act: what, userIds }) : undefined;
      case "sign-out":
        if (userIds.length === 0) return;
        return void modal.confirm({
          title: t("floor.signOut.title", { count: userIds.length }),
          content: userIds.map(nameOf).join(", "),
          okText: t("control.act.sign-out"),
          cancelText: t("common.cancel"),
          okButtonProps: { danger: true },
          onOk: async () => void (await force(userIds, { type: "sign-out" })),
        });
      case "ready":
      case "end-wrap-up":
        if (userIds.length > 0) void force(userIds, { type: what });
    }
  }
  /** Those marked who are still here, else the one under the mark. */
  const meant = () => {
    const marked = selected.size > 0 ? [...selected] : active === null ? [] : [active];
    return marked.filter((id) => agents()[id]);
  };
  return {
    active,
    setActive,
    selected,
    select,
    clear: () => setSelected(new Set()),
    asking,
    closeAsking: () => setAsking(null),
    act,
    takeOver,
    /** By key: supervising is for the one under the mark, the rest for all who are meant. */
    actByKey: (what: FloorAct) => {
      const isCall = what === "listen" || what === "whisper" || what === "barge" || what === "take-over";
      if (what === "take-over" && supervise.now) return takeOver(supervise.now.callId);
      act(what, isCall ? (active === null ? [] : [active]) : meant());
    },
    pause: (reasonId: number) => {
      if (asking) void force(asking.userIds, { type: "pause", reasonId });
      setAsking(null);
    },
    move,
  };
}
