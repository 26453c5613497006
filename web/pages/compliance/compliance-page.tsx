import { PlusOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Collapse, Flex, Form, Progress, Select, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { decisionVerification, type DecisionVerification } from "../../../shared/decisions.ts";
import type { RulePack } from "../../../shared/rule-packs.ts";
import { settings } from "../../../shared/settings.ts";
import { api } from "../../lib/api.ts";
import { formatInstant, formatNumber } from "../../lib/format.ts";
import { currentLanguage } from "../../lib/i18n/index.ts";
import { settingsKey, useCan, useCompany } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { newestPacks, packName, useRulePacks } from "./compliance-api.ts";
import { OwnPack } from "./own-pack.tsx";
import { PackRules } from "./pack-rules.tsx";

/** Which pack holds where a campaign names none. */
function CompanyChoice({ packs }: { packs: readonly RulePack[] }) {
  const { t } = useTranslation();
  const { rulePack } = useCompany();
  const may = useCan("settings.manage");
  const save = useAct((choice: string) => api.patch("/settings", settings, { rulePack: choice }), {
    stale: [settingsKey],
    said: t("common.saved"),
  });
  const options = [
    { value: "by-number", label: t("rulePacks.byNumber") },
    ...newestPacks(packs).map((pack) => ({ value: pack.id, label: packName(pack) })),
  ];
  return (
    <Card title={t("rulePacks.company")}>
      {rulePack === "none" && (
        <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t("rulePacks.noneInForce")} />
      )}
      <Form.Item label={t("rulePacks.choice")} extra={t("rulePacks.choiceHelp")} layout="vertical">
        <Select
          value={rulePack}
          options={options}
          disabled={!may}
          loading={save.isPending}
          style={{ maxWidth: 420 }}
          aria-label={t("rulePacks.choice")}
          onChange={(choice) => save.mutate(choice)}
        />
      </Form.Item>
    </Card>
  );
}

/** Step by step to the end of the chain or its first break; tells of each step. Gives the sum of all. */
async function verifyChain(told: (soFar: DecisionVerification) => void): Promise<DecisionVerification> {
  let sum: DecisionVerification | undefined;
  for (;;) {
    const query = { after: sum?.next ?? 0 };
    const step = await api.get("/compliance/verification", decisionVerification, query);
    sum = {
      ...step,
      seals: (sum?.seals ?? 0) + step.seals,
      verified: (sum?.verified ?? 0) + step.verified,
      from: sum?.from ?? step.from,
      to: step.to ?? sum?.to ?? null,
    };
    told(sum);
    if (step.next === null) return sum;
  }
}

function Proof() {
  const { t } = useTranslation();
  const [found, setFound] = useState<DecisionVerification>();
  const [progress, setProgress] = useState<DecisionVerification>();
  const verify = useAct(() => verifyChain(setProgress), {
    onDone: setFound,
  });
  return (
    <Card
      title={t("rulePacks.proof")}
      extra={
        <Button
          icon={<SafetyCertificateOutlined />}
          loading={verify.isPending}
          onClick={() => {
            setFound(undefined);
            setProgress(undefined);
            verify.mutate(undefined);
          }}
        >
          {t("rulePacks.verify")}
        </Button>
      }
    >
      <Typography.Paragraph type="secondary">{t("rulePacks.proofHelp")}</Typography.Paragraph>
      {verify.isPending && progress && (
        <Flex vertical>
          <Progress percent={Math.floor((100 * progress.verified) / Math.max(1, progress.sealed))} />
          <Typography.Text type="secondary" className="num">
            {t("rulePacks.progress", {
              verified: formatNumber(progress.verified),
              sealed: formatNumber(progress.sealed),
            })}
          </Typography.Text>
        </Flex>
      )}
      {found && (
        <Alert
          showIcon
          type={found.broken ? "error" : "success"}
          title={
            found.broken
              ? t(`rulePacks.broken.${found.broken.kind}`, {
                  decision: found.broken.decisionId ?? "–",
                  seal: found.broken.sealId ?? "–",
                })
              : t("rulePacks.intact", {
                  verified: formatNumber(found.verified),
                  seals: formatNumber(found.seals),
                })
          }
          description={
            <>
              {found.broken?.callId && (
                <Link to={`/calls/${found.broken.callId}`}>{found.broken.callId}</Link>
              )}
              {found.from && (
                <div>
                  {t("rulePacks.stretch", {
                    from: formatInstant(found.from, "full"),
                    to: formatInstant(found.to, "full"),
                  })}
                </div>
              )}
              <div>
                {t("rulePacks.waiting", { waiting: formatNumber(found.waiting) })}{" "}
                {found.waitingSince && formatInstant(found.waitingSince, "full")}
              </div>
              <div>
                {t("rulePacks.head")}{" "}
                <Typography.Text copyable code style={{ overflowWrap: "anywhere" }}>
                  {found.head}
                </Typography.Text>
              </div>
            </>
          }
        />
      )}
    </Card>
  );
}

function Pack({ pack }: { pack: RulePack }) {
  const language = currentLanguage();
  return (
    <Flex vertical gap={16}>
      {pack.note && <Typography.Text type="secondary">{pack.note[language]}</Typography.Text>}
      <PackRules rules={pack.rules} pack={pack} />
      {Object.entries(pack.regions).map(([code, region]) => (
        <div key={code}>
          <Typography.Title level={3} style={{ fontSize: 14 }}>
            {region.name[language]} <Tag>{code}</Tag>
          </Typography.Title>
          <PackRules rules={region.rules} pack={pack} />
        </div>
      ))}
    </Flex>
  );
}

/** For the compliance officer: which law holds, what each pack asks and where it stands, and whether all proof is whole. */
export function CompliancePage() {
  const { t } = useTranslation();
  const query = useRulePacks();
  const may = useCan("compliance.manage");
  const [adding, setAdding] = useState(false);
  return (
    <Page title={t("navigation.compliance")} help={t("rulePacks.help")}>
      <Loaded query={query}>
        {({ items }) => (
          <>
            <CompanyChoice packs={items} />
            <Proof />
            <Card
              title={t("rulePacks.packs")}
              extra={
                may && (
                  <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                    {t("rulePacks.addOwn")}
                  </Button>
                )
              }
            >
              <Collapse
                items={items.map((pack) => ({
                  key: `${pack.id} ${pack.version}`,
                  label: (
                    <Flex gap={8} wrap align="center">
                      <strong>{packName(pack)}</strong>
                      <Tag>
                        {pack.id} {pack.version}
                      </Tag>
                      <Typography.Text type="secondary">
                        {t("rulePacks.validFrom", { date: pack.validFrom })}
                      </Typography.Text>
                    </Flex>
                  ),
                  children: <Pack pack={pack} />,
                }))}
              />
            </Card>
          </>
        )}
      </Loaded>
      {adding && <OwnPack onClose={() => setAdding(false)} />}
    </Page>
  );
}
