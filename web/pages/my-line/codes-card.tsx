import { Card, Flex, Table, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type CodeEntry, codeTable } from "../../../shared/feature-codes.ts";
import { useCompany } from "../../lib/session.ts";

/** What the keypad of a telephone can do. */
export function CodesCard() {
  const { t } = useTranslation();
  const { featureCodes } = useCompany();
  return (
    <Card title={t("myLine.codes")}>
      <Table<CodeEntry>
        size="small"
        pagination={false}
        rowKey="name"
        dataSource={codeTable(featureCodes)}
        columns={[
          {
            title: t("myLine.code"),
            render: (_, { code, argument }) => (
              <>
                <span className="mono">{code}</span>{" "}
                {argument !== "none" && (
                  <Typography.Text type="secondary">{t(`myLine.argument.${argument}`)}</Typography.Text>
                )}
              </>
            ),
          },
          {
            title: t("myLine.codeDoes"),
            render: (_, { name, place }) => (
              <Flex gap="0 12px" wrap justify="space-between">
                <span>{t(`myLine.codeOf.${name}`)}</span>
                <Typography.Text type="secondary">{t(`myLine.places.${place}`)}</Typography.Text>
              </Flex>
            ),
          },
        ]}
      />
    </Card>
  );
}
