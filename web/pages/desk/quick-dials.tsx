import { useQuery } from "@tanstack/react-query";
import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../features/desk/desk-context.ts";
import { speedDialsQuery } from "../my-line/speed-dial-api.ts";

/** The speed dials of this agent, a press each. */
export function QuickDials({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation();
  const { run } = useDesk();
  const { data } = useQuery(speedDialsQuery);
  const own = new Set((data?.items ?? []).flatMap(({ scope, code }) => (scope === "own" ? code : [])));
  const items = (data?.items ?? []).filter(({ scope, code }) => scope === "own" || !own.has(code));
  if (items.length === 0) return null;
  return (
    <Flex wrap gap={6} role="group" aria-label={t("myLine.speedDials")} style={{ marginTop: 8 }}>
      {items.map(({ code, name }) => (
        <Button
          key={code}
          size="small"
          disabled={!enabled}
          onClick={() => void run("dial", { phone: `*0${String(code).padStart(2, "0")}` })}
        >
          {name}
        </Button>
      ))}
    </Flex>
  );
}
