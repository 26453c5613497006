import { Button, Flex, InputNumber, Select, Space, Tag } from "antd";
import { useQuery } from "@tanstack/react-query";
import { type ComponentRef, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { deskDirectory } from "../../../shared/call-control.ts";
import type { DeskState } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { api } from "../../lib/api.ts";
import { isBusy } from "./is-busy.ts";

/** Whom this agent waits for: who is free now rings; each with a way to wait no longer. */
export function Awaited({ state }: { state: DeskState }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const free = state.awaited.filter(({ rings }) => rings);
  const others = state.awaited.filter(({ rings }) => !rings);
  const [first] = state.announced.length === 0 ? free : [];
  const accept = (userId: number) => void run("call/colleague", { userId });
  const drop = (userId: number) => void run("call/call-back", { userId, on: false });
  useShortcuts({
    accept: first && (() => accept(first.userId)),
    decline: first && (() => drop(first.userId)),
  });
  return (
    <>
      {free.map(({ userId, name }) => (
        <div key={userId} className="desk-side desk-side-announced" role="alert">
          <span className="desk-party-name">
            {name}
            <small>{t("control.isFree")}</small>
          </span>
          <Flex gap={4}>
            <Button
              size="small"
              type="primary"
              aria-keyshortcuts={ariaKeys("accept")}
              onClick={() => accept(userId)}
            >
              {t("control.call")}
            </Button>
            <Button size="small" aria-keyshortcuts={ariaKeys("decline")} onClick={() => drop(userId)}>
              {t("control.decline")}
            </Button>
          </Flex>
        </div>
      ))}
      <WaitsFor others={others} drop={drop} />
    </>
  );
}

function WaitsFor({ others, drop }: { others: DeskState["awaited"]; drop: (userId: number) => void }) {
  const { t } = useTranslation();
  if (others.length === 0) return null;
  return (
    <Flex wrap gap={4} role="group" aria-label={t("control.callBack")}>
      {others.map(({ userId, name }) => (
        <Tag
          key={userId}
          closable={{ "aria-label": t("control.waitNoMore", { name }) }}
          onClose={(event) => {
            event.preventDefault();
            drop(userId);
          }}
        >
          {t("control.waitingFor", { name })}
        </Tag>
      ))}
    </Flex>
  );
}

/** Between calls: a parked call by its number, and a call back from a colleague who is busy. */
export function LineTools({ enabled }: { enabled: boolean }) {
  return (
    <Flex wrap gap={8}>
      <RetrieveLot enabled={enabled} />
      <CallBack enabled={enabled} />
    </Flex>
  );
}

function RetrieveLot({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation();
  const { run, busy } = useDesk();
  const [slot, setSlot] = useState<number | null>(null);
  const input = useRef<ComponentRef<typeof InputNumber>>(null);
  useShortcuts({ retrieveLot: () => input.current?.focus() });
  const retrieve = async () => {
    if (slot !== null && (await run("call/retrieve", { slot }))) setSlot(null);
  };
  return (
    <Space.Compact>
      <InputNumber<number>
        ref={input}
        size="small"
        min={1}
        max={99}
        precision={0}
        value={slot}
        placeholder={t("control.lot")}
        aria-label={t("control.lot")}
        aria-keyshortcuts={ariaKeys("retrieveLot")}
        style={{ width: 96 }}
        onChange={setSlot}
        onPressEnter={() => void retrieve()}
      />
      <Button
        size="small"
        disabled={!enabled || slot === null}
        loading={busy === "call/retrieve"}
        onClick={() => void retrieve()}
      >
        {t("control.retrieve")}
      </Button>
    </Space.Compact>
  );
}

function CallBack({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const [open, setOpen] = useState(false);
  const select = useRef<ComponentRef<typeof Select>>(null);
  useShortcuts({
    callBack: () => {
      select.current?.focus();
      setOpen(true);
    },
  });
  const query = useQuery({
    queryKey: ["desk-directory", ""],
    enabled: open,
    queryFn: ({ signal }) => api.get("/desk/directory", deskDirectory, { search: "" }, signal),
    refetchInterval: 2_000,
  });
  const busy = (query.data?.agents ?? []).filter(({ state }) => isBusy(state));
  return (
    <Select<number | null>
      ref={select}
      size="small"
      value={null}
      open={open}
      onOpenChange={setOpen}
      disabled={!enabled}
      loading={open && query.isPending}
      placeholder={t("control.callBack")}
      aria-label={t("control.callBack")}
      aria-keyshortcuts={ariaKeys("callBack")}
      showSearch={{ optionFilterProp: "label" }}
      notFoundContent={t("control.nobodyBusy")}
      style={{ minWidth: 150 }}
      options={busy.map(({ userId, name }) => ({ value: userId, label: name }))}
      onChange={(userId) => userId !== null && void run("call/call-back", { userId, on: true })}
    />
  );
}
