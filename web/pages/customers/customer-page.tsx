import { AudioOutlined, DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { Button, Card, Col, Descriptions, Flex, Row, Timeline, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import type { CustomerDetail } from "../../../shared/customers.ts";
import { api } from "../../lib/api.ts";
import { formatDuration, formatInstant } from "../../lib/format.ts";
import { useCan } from "../../lib/session.ts";
import { Page } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { OutcomeTag } from "../../ui/tags.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useCalls } from "../calls/call-api.ts";
import { ConsentPanel } from "../compliance/consent-panel.tsx";
import { customersKey, useCustomer } from "./customer-api.ts";
import { CustomerForm } from "./customer-form.tsx";
import { useDanger } from "../../ui/use-danger.ts";

/** Every call with this person, newest first. */
function CallsTimeline({ customerId }: { customerId: number }) {
  const { t } = useTranslation();
  const query = useCalls({ customerId, pageSize: 100 });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState text={t("customers.noCalls")} />
        ) : (
          <Timeline
            items={items.map((call) => ({
              key: call.id,
              content: (
                <Flex vertical gap={2}>
                  <Flex gap={10} wrap align="center">
                    <Link to={`/calls/${call.id}`}>{formatInstant(call.plannedAt)}</Link>
                    <OutcomeTag outcome={call.outcome} state={call.state} />
                    {call.disposition && <strong>{call.disposition}</strong>}
                    {call.hasRecording && <AudioOutlined aria-label={t("calls.hasRecording")} />}
                  </Flex>
                  <Typography.Text type="secondary" className="num" style={{ fontSize: 13 }}>
                    {[
                      t(`calls.direction.${call.direction}`),
                      call.agent?.name,
                      call.campaign?.name,
                      call.talkMs !== null && formatDuration(call.talkMs),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </Typography.Text>
                </Flex>
              ),
            }))}
          />
        )
      }
    </Loaded>
  );
}

function Customer({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation();
  const danger = useDanger();
  const navigate = useNavigate();
  const mayManage = useCan("customers.manage");
  const mayErase = useCan("compliance.manage");
  const mayCalls = useCan("calls.see");
  const [editing, setEditing] = useState(false);
  const remove = useAct(() => api.delete(`/customers/${customer.id}`), {
    stale: [customersKey],
    said: t("common.deleted"),
    onDone: () => void navigate("/customers"),
  });
  const confirmRemoval = () =>
    danger({
      title: t("customers.deleteQuestion", { name: customer.name }),
      content: t("customers.deleteHelp"),
      okText: t("common.delete"),
      onOk: () => remove.mutateAsync(undefined),
    });
  const items = [
    ...customer.phones.map(({ phone, kind }) => ({
      label: t(`customers.kind.${kind}`),
      children: <Phone value={phone} customerId={customer.id} />,
    })),
    { label: t("customers.organisation"), children: customer.organisation || "–" },
    {
      label: t("customers.email"),
      children: customer.email ? <a href={`mailto:${customer.email}`}>{customer.email}</a> : "–",
    },
    ...(customer.vip > 0 ? [{ label: t("customers.vip"), children: String(customer.vip) }] : []),
    ...(customer.timeZone ? [{ label: t("lists.timeZone"), children: customer.timeZone }] : []),
    ...Object.entries(customer.fields).map(([label, children]) => ({ label, children })),
    { label: t("common.created"), children: formatInstant(customer.createdAt) },
  ];
  return (
    <Page
      trail={<Trail to="/customers">{t("navigation.customers")}</Trail>}
      title={customer.name || t("customers.noName")}
      actions={
        <>
          {mayManage && (
            <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
              {t("common.edit")}
            </Button>
          )}
          {mayErase && (
            <Button danger icon={<DeleteOutlined />} onClick={confirmRemoval}>
              {t("common.delete")}
            </Button>
          )}
        </>
      }
    >
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={9}>
          <Card title={t("customers.record")}>
            <Descriptions column={1} items={items.map((item, index) => ({ key: index, ...item }))} />
            {customer.note && (
              <Typography.Paragraph style={{ whiteSpace: "pre-wrap", marginTop: 12 }}>
                {customer.note}
              </Typography.Paragraph>
            )}
          </Card>
        </Col>
        <Col xs={24} xl={15}>
          <Flex vertical gap={16}>
            <Card title={t("consents.title")}>
              <ConsentPanel
                person={{ customerId: customer.id }}
                phones={customer.phones.map(({ phone }) => phone)}
              />
            </Card>
            {mayCalls && (
              <Card title={t("customers.timeline")}>
                <CallsTimeline customerId={customer.id} />
              </Card>
            )}
          </Flex>
        </Col>
      </Row>
      {editing && (
        <CustomerForm customer={customer} onClose={() => setEditing(false)} onSaved={() => undefined} />
      )}
    </Page>
  );
}

export function CustomerPage() {
  const query = useCustomer(Number(useParams()["id"]));
  return <Loaded query={query}>{(customer) => <Customer customer={customer} />}</Loaded>;
}
