import { Card, Table } from "antd";
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
        scroll={{ x: "max-content" }}
        columns={[
          {
            title: t("myLine.code"),
            render: (_, { code, argument }) => (
              <span className="mono">
                {code}
                {argument !== "none" && ` ${t(`myLine.argument.${argument}`)}`}
              </span>
            ),
          },
          { title: t("myLine.codeDoes"), render: (_, { name }) => t(`myLine.codeOf.${name}`) },
          { title: t("myLine.place"), render: (_, { place }) => t(`myLine.places.${place}`) },
        ]}
      />
    </Card>
  );
}
