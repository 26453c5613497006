import { Flex } from "antd";
import { useTranslation } from "react-i18next";
import { useForwarding } from "../../features/desk/use-forwarding.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { CodesCard } from "./codes-card.tsx";
import { ForwardingCard } from "./forwarding-card.tsx";
import { MessagesCard } from "./messages-card.tsx";
import { SpeedDialsCard } from "./speed-dials-card.tsx";

/** My calls: where they go, what was left for me, whom I dial by two digits, what my keypad can do. */
export function MyLinePage() {
  const { t } = useTranslation();
  const query = useForwarding();
  return (
    <Page title={t("navigation.my-line")} help={t("myLine.help")}>
      <Flex vertical gap={16} style={{ maxWidth: 820 }}>
        <MessagesCard />
        <Loaded query={query}>{(forwarding) => <ForwardingCard forwarding={forwarding} />}</Loaded>
        <SpeedDialsCard />
        <CodesCard />
      </Flex>
    </Page>
  );
}
