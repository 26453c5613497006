import { ReloadOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Col, Flex, Form, Input, Row, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newWalk, scriptPageOf, walkStep } from "../../../shared/script-machine.ts";
import { variablesIn } from "../../../shared/script-text.ts";
import type { ScriptDocument, ScriptEnd } from "../../../shared/scripts.ts";
import { answerVariables } from "../../features/scripts/call-variables.ts";
import { ScriptView } from "../../features/scripts/script-view.tsx";

/** Names of what a call fills in, wherever the script uses them. */
function variablesOf(document: ScriptDocument): string[] {
  const words = document.pages.flatMap((page) => [
    page.text,
    page.end?.note ?? "",
    ...page.questions.map((question) => question.label),
  ]);
  const names = words.flatMap((text) => variablesIn(text).names);
  return [...new Set(names)].filter((name) => !name.startsWith("answer."));
}

function NamedFields({ keys }: { keys: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Flex gap={4} wrap align="center">
      <Typography.Text type="secondary">{t("scripts.fieldsHere")}</Typography.Text>
      {keys.map((key) => (
        <Tag key={key}>{key}</Tag>
      ))}
    </Flex>
  );
}

function WhatEndDoes({ end }: { end: ScriptEnd }) {
  const { t } = useTranslation();
  const { disposition, callbackMinutes } = end;
  const does = [
    ...(disposition === "" ? [] : [disposition]),
    ...(callbackMinutes === null ? [] : [t("scripts.endCallback", { count: callbackMinutes })]),
  ];
  return (
    <Alert
      type="success"
      title={t("scripts.atEnd")}
      description={does.map((text) => (
        <Tag key={text} variant="filled">
          {text}
        </Tag>
      ))}
    />
  );
}

/** A walk through the script by the machine that also runs it on calls, with made-up data. */
export function ScriptPreview({ document }: { document: ScriptDocument }) {
  const { t } = useTranslation();
  const samples: Record<string, string> = {
    "lead.name": t("scripts.sample.name"),
    "customer.name": t("scripts.sample.name"),
    "agent.name": t("scripts.sample.agent"),
    "campaign.name": t("scripts.sample.campaign"),
  };
  const [own, setOwn] = useState<Record<string, string>>({});
  const [walk, setWalk] = useState(() => newWalk(document));
  const page = scriptPageOf(document, walk.pageId);
  const names = variablesOf(document);
  const known = Object.fromEntries(names.map((name) => [name, own[name] ?? samples[name] ?? ""]));
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} lg={14} xl={10}>
        <Card
          title={t("scripts.preview")}
          extra={
            <Button icon={<ReloadOutlined />} onClick={() => setWalk(newWalk(document))}>
              {t("scripts.again")}
            </Button>
          }
        >
          <ScriptView
            document={document}
            walk={walk}
            variables={{ ...known, ...answerVariables(document, walk) }}
            onEvents={(events) =>
              setWalk((before) =>
                events.reduce((at, event) => {
                  const step = walkStep(document, at, event);
                  return "walk" in step ? step.walk : at;
                }, before),
              )
            }
            fields={<NamedFields keys={page?.fields ?? []} />}
            atEnd={page?.end && <WhatEndDoes end={page.end} />}
          />
        </Card>
      </Col>
      <Col xs={24} lg={10} xl={8}>
        <Card title={t("scripts.sampleData")}>
          {names.length === 0 && (
            <Typography.Text type="secondary">{t("scripts.noVariables")}</Typography.Text>
          )}
          <Form layout="vertical">
            {names.map((name) => (
              <Form.Item key={name} label={<code>{name}</code>} htmlFor={`sample-${name}`}>
                <Input
                  id={`sample-${name}`}
                  value={known[name]}
                  onChange={(event) => setOwn({ ...own, [name]: event.target.value })}
                />
              </Form.Item>
            ))}
          </Form>
        </Card>
      </Col>
    </Row>
  );
}
