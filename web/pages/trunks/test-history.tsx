import { Badge, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { formatInstant } from "../../lib/format.ts";
import { Phone } from "../../ui/phone.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useTrunkTests } from "./trunk-api.ts";

export function TestHistory({ trunkId }: { trunkId: number }) {
  const { t } = useTranslation();
  const query = useTrunkTests(trunkId);
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState text={t("trunks.test.none")} />
        ) : (
          <Flex vertical gap={8}>
            {items.map((test) => (
              <Flex key={test.id} gap={16} wrap align="center">
                <Typography.Text type="secondary" className="num">
                  {formatInstant(test.at)}
                </Typography.Text>
                <Badge
                  status={test.verdict === "good" ? "success" : "error"}
                  text={t(`trunks.test.verdict.${test.verdict}.title`)}
                />
                <Phone value={test.number} />
                <Typography.Text type="secondary">{test.byUser}</Typography.Text>
              </Flex>
            ))}
          </Flex>
        )
      }
    </Loaded>
  );
}
