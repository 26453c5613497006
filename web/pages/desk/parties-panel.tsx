import {
  CloseOutlined,
  CustomerServiceOutlined,
  EyeOutlined,
  PauseOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Button, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { DeskParty } from "../../../shared/call-control.ts";
import type { DeskCall } from "../../../shared/desk.ts";
import { useDesk } from "../../features/desk/desk-context.ts";
import { ariaKeys } from "../../features/desk/shortcuts.ts";
import { useShortcuts } from "../../features/desk/use-keys.ts";
import { formatPhone } from "../../lib/format-phone.ts";

const icons = { customer: <UserOutlined />, agent: <CustomerServiceOutlined />, outside: <PhoneOutlined /> };

/** Who else takes part, and what a consultation can become; nothing while agent and customer are alone. */
export function PartiesPanel({ call }: { call: DeskCall }) {
  const { t } = useTranslation();
  const others = call.parties.filter(({ me }) => !me);
  if (others.length < 2 && (call.role === "owner" || call.direction === "internal")) return null;
  return (
    <div className="desk-parties">
      <h3 className="desk-heading">{t("control.parties")}</h3>
      <ul aria-label={t("control.parties")}>
        {others.map((party) => (
          <PartyLine key={party.id} party={party} call={call} />
        ))}
      </ul>
      {call.role === "owner" && call.consultId !== null && <ConsultButtons call={call} id={call.consultId} />}
      {call.role !== "owner" && call.direction !== "internal" && (
        <Typography.Text type="secondary">{t(`control.youAre.${call.role}`)}</Typography.Text>
      )}
    </div>
  );
}

export const partyName = ({ name, phone }: Pick<DeskParty, "name" | "phone">): string =>
  name || (phone ? formatPhone(phone) : "–");

function PartyLine({ party, call }: { party: DeskParty; call: DeskCall }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const name = partyName(party);
  const held = party.state === "held";
  const mayHold = party.state === "here" || held;
  const isSupervisor = party.role === "supervisor";
  return (
    <li data-party={party.kind} data-party-state={party.state}>
      <span aria-hidden>{isSupervisor ? <EyeOutlined /> : icons[party.kind]}</span>
      <span className="desk-party-name">
        {name}
        <small>
          {t(`control.role.${isSupervisor ? "supervisor" : party.kind}`)} ·{" "}
          {t(party.mode ? `control.act.${party.mode}` : `control.partyState.${party.state}`)}
          {party.muted && ` · ${t("control.muted")}`}
        </small>
      </span>
      {call.role === "owner" && party.role === "guest" && (
        <Flex gap={4}>
          {mayHold && (
            <Button
              size="small"
              type="text"
              icon={held ? <PlayCircleOutlined /> : <PauseOutlined />}
              aria-label={t(held ? "control.resumeParty" : "control.holdParty", { name })}
              onClick={() => void run("call/hold-party", { partyId: party.id, on: !held })}
            />
          )}
          <Button
            size="small"
            type="text"
            danger
            icon={<CloseOutlined />}
            aria-label={t("control.drop", { name })}
            onClick={() => void run("call/drop", { partyId: party.id })}
          />
        </Flex>
      )}
    </li>
  );
}

function ConsultButtons({ call, id }: { call: DeskCall; id: string }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const there = call.parties.some((party) => party.id === id && party.state !== "invited");
  const complete = () => void run("call/complete", {});
  const cancel = () => void run("call/drop", { partyId: id });
  const swap = () => void run("call/swap", {});
  const merge = () => void run("call/merge", {});
  useShortcuts({ complete, cancelConsult: cancel, swap: there && swap, merge: there && merge });
  return (
    <div className="desk-consult">
      <Button type="primary" aria-keyshortcuts={ariaKeys("complete")} onClick={complete}>
        {t("control.complete")}
      </Button>
      <Button aria-keyshortcuts={ariaKeys("cancelConsult")} onClick={cancel}>
        {t("control.cancelConsult")}
      </Button>
      <Button aria-keyshortcuts={ariaKeys("swap")} disabled={!there} onClick={swap}>
        {t("control.swap")}
      </Button>
      <Button aria-keyshortcuts={ariaKeys("merge")} disabled={!there} onClick={merge}>
        {t("control.merge")}
      </Button>
    </div>
  );
}
