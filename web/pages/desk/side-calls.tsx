import { Button, Flex } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SideCall } from "../../../shared/call-control.ts";
import type { DeskState } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { partyName } from "./parties-panel.tsx";

/** Calls that this agent can turn to: announced to them, put aside, parked, a colleague's that rings. */
export function SideCalls({ state }: { state: DeskState }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const { announced, aside, parked, toPickUp } = state;
  const [[first], [atSide], [inSlot], [ringing]] = [announced, aside, parked, toPickUp];
  const accept = (callId: string) => void run("call/accept", { callId });
  const decline = (callId: string) => void run("call/decline", { callId });
  const turnTo = (callId: string) => void run("call/switch", { callId });
  const retrieve = (slot: number) => void run("call/retrieve", { slot });
  const pickUp = (callId: string) => void run("call/pick-up", { callId });
  useShortcuts({
    accept: first && (() => accept(first.callId)),
    decline: first && (() => decline(first.callId)),
    switch: atSide && (() => turnTo(atSide.callId)),
    retrieve: inSlot && (() => retrieve(inSlot.slot)),
    pickUp: ringing && (() => pickUp(ringing.callId)),
  });
  return (
    <>
      {announced.map((call) => (
        <Line key={call.callId} kind={call.direction === "internal" ? "internal" : "announced"} call={call}>
          <Button
            size="small"
            type="primary"
            aria-keyshortcuts={ariaKeys("accept")}
            onClick={() => accept(call.callId)}
          >
            {t(state.state === "talking" ? "control.acceptAndHold" : "control.accept")}
          </Button>
          <Button size="small" aria-keyshortcuts={ariaKeys("decline")} onClick={() => decline(call.callId)}>
            {t("control.decline")}
          </Button>
        </Line>
      ))}
      {aside.map((call) => (
        <Line key={call.callId} kind="aside" call={call}>
          <Button size="small" aria-keyshortcuts={ariaKeys("switch")} onClick={() => turnTo(call.callId)}>
            {t("control.switch")}
          </Button>
        </Line>
      ))}
      {parked.map((call) => (
        <Line key={call.callId} kind="parked" call={call} slot={call.slot}>
          <Button size="small" aria-keyshortcuts={ariaKeys("retrieve")} onClick={() => retrieve(call.slot)}>
            {t("control.retrieve")}
          </Button>
        </Line>
      ))}
      {toPickUp.map((call) => (
        <Line key={call.callId} kind={call.from === null ? "waiting" : "ringing"} call={call}>
          <Button size="small" aria-keyshortcuts={ariaKeys("pickUp")} onClick={() => pickUp(call.callId)}>
            {t("control.pickUp")}
          </Button>
        </Line>
      ))}
    </>
  );
}

interface LineProps {
  kind: "announced" | "internal" | "aside" | "parked" | "waiting" | "ringing";
  call: SideCall;
  slot?: number;
  children: ReactNode;
}

function Line({ kind, call, slot, children }: LineProps) {
  const { t } = useTranslation();
  const rings = kind === "announced" || kind === "internal";
  return (
    <div className={`desk-side desk-side-${rings ? "announced" : kind}`} role={rings ? "alert" : undefined}>
      <span className="desk-party-name">
        {partyName(call)}
        <small>
          {kind === "announced" && call.from === null
            ? t("caller.rings")
            : t(`control.side.${kind}`, { from: call.from ?? "–", slot })}
        </small>
      </span>
      <Flex gap={4}>{children}</Flex>
    </div>
  );
}
