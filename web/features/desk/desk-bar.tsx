import { Button, Flex, Grid, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { formatPhone } from "../../lib/format-phone.ts";
import { AgentStateTag } from "./agent-state-tag.tsx";
import { CallControls } from "./call-controls.tsx";
import { isSignedIn, useDeskIfAny } from "./desk-context.ts";
import { TimeSince } from "./timer.tsx";

/** The agent's state and call in the header of every page but the desk, with the controls of the call. */
export function DeskBar() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const roomy = Grid.useBreakpoint().md ?? true;
  const desk = useDeskIfAny();
  if (!desk || !isSignedIn(desk.state) || pathname === "/desk") return null;
  const { state, call } = { state: desk.state, call: desk.state.call };
  const lead = call?.lead ?? state.preview?.lead;
  return (
    <Flex align="center" gap={8} role="region" aria-label={t("desk.bar")} style={{ minWidth: 0 }}>
      <Button type="text" onClick={() => void navigate("/desk")} style={{ paddingInline: 6, minWidth: 0 }}>
        <AgentStateTag state={state.state} /> {roomy && <TimeSince at={state.since} />}
        {roomy && lead && (
          <Typography.Text ellipsis style={{ maxWidth: 220 }}>
            {lead.name || formatPhone(lead.phone)}
          </Typography.Text>
        )}
      </Button>
      {desk.inCharge && <CallControls compact />}
    </Flex>
  );
}
