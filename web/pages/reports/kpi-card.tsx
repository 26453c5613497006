import { Card, Collapse, Descriptions, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { kpiNames, kpiOf, kpis } from "../../../shared/kpis.ts";
import type { Report, ReportQuery } from "../../../shared/reports.ts";
import { formatNumber } from "../../lib/format.ts";
import { Figure } from "../../ui/figure.tsx";
import { kpiParts, kpiText } from "./kpi-value.ts";
import { callsOf } from "./report-links.ts";

/** What is made of two figures, for the whole range; each opens its calls, and its definition is at hand. */
export function KpiCard({ report: { totals }, query }: { report: Report; query: ReportQuery }) {
  const { t } = useTranslation();
  return (
    <Card title={t("kpis.title")}>
      <Flex wrap gap="20px 44px">
        {kpiNames.map((name) => {
          const parts = kpiParts(name, totals);
          return (
            <Figure
              key={name}
              label={t(`kpis.name.${name}`)}
              value={kpiText(name, totals)}
              detail={parts && t("kpis.of", parts)}
              {...(kpiOf(name, totals) === null ? {} : { to: callsOf(query, { counted: kpis[name].opens }) })}
            />
          );
        })}
        <Figure
          label={t("reports.figure.complaints")}
          value={formatNumber(totals.complaints)}
          to={callsOf(query, { counted: "complaints" })}
          tone={totals.complaints > 0 ? "bad" : "default"}
        />
      </Flex>
      <Collapse
        ghost
        style={{ marginTop: 12, marginInline: -16 }}
        items={[
          {
            key: "definitions",
            label: t("kpis.definitions"),
            children: (
              <Descriptions
                column={1}
                size="small"
                items={[...kpiNames, "live" as const, "complaints" as const].map((name) => ({
                  key: name,
                  label: t(`kpis.name.${name}`),
                  children: t(`kpis.means.${name}`),
                }))}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
