import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button, Card, Table, type TableColumnsType, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { LeadStory, StoryEntry } from "../../../shared/decisions.ts";
import { apiUrl } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useRecordWords } from "../../ui/use-record-words.ts";
import { useStory } from "./compliance-api.ts";

interface Rule {
  rule: string;
  allowed: boolean;
  detail: Record<string, unknown>;
}

function Reasons({ entry }: { entry: StoryEntry }) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const reasons = entry.detail["reasons"] as Rule[];
  const shown = entry.what === "refused" ? reasons.filter((reason) => !reason.allowed) : reasons;
  return (
    <>
      <Typography.Text type="secondary">{String(entry.detail["rulesVersion"])}</Typography.Text>
      {shown.map(({ rule, allowed, detail }) => (
        <div key={`${rule} ${JSON.stringify(detail)}`} style={{ fontSize: 12 }}>
          {allowed ? "✓" : "✗"} {t(`rule.${rule}`, { defaultValue: rule })} {words(detail)}
        </div>
      ))}
    </>
  );
}

function Story({ story }: { story: LeadStory }) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const what = (entry: StoryEntry) =>
    ({
      imported: entry.what,
      lead: t(`lists.history.${entry.what}`, { ...entry.detail, defaultValue: entry.what }),
      call: t(`outcome.${entry.what}`, { defaultValue: entry.what }),
      decision: t(entry.what === "allowed" ? "calls.allowed" : "calls.refused"),
      "do-not-call": t(`doNotCall.sources.${entry.what}`, { defaultValue: entry.what }),
      consent: t(`consents.sources.${entry.what}`, { defaultValue: entry.what }),
      withdrawal: entry.what,
    })[entry.kind];
  const columns: TableColumnsType<StoryEntry> = [
    { title: t("common.time"), render: (_, entry) => formatInstant(entry.at, "full") },
    { title: t("story.kind"), render: (_, entry) => t(`story.kinds.${entry.kind}`) },
    {
      title: t("story.what"),
      render: (_, entry) => (
        <>
          {entry.callId ? (
            <Link to={`/calls/${entry.callId}`} style={{ textDecoration: "underline" }}>
              {what(entry)}
            </Link>
          ) : (
            what(entry)
          )}
          {entry.kind === "decision" ? (
            <Reasons entry={entry} />
          ) : (
            entry.kind !== "lead" && <div style={{ fontSize: 12 }}>{words(entry.detail)}</div>
          )}
        </>
      ),
    },
    { title: t("common.phone"), render: (_, entry) => entry.phone && formatPhone(entry.phone) },
    { title: t("story.campaign"), dataIndex: "campaign" },
    { title: t("story.by"), dataIndex: "by" },
  ];
  return (
    <Page
      trail={<Trail to="/lists">{t("navigation.lists")}</Trail>}
      title={story.name || t("lists.noName")}
      help={`${story.list} · ${story.phones.map(formatPhone).join(", ")}`}
      actions={
        <>
          <a href={apiUrl(`/leads/${story.id}/story.csv`)} download>
            <Button icon={<DownloadOutlined />}>CSV</Button>
          </a>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t("story.print")}
          </Button>
        </>
      }
    >
      <Card>
        <Table<StoryEntry>
          size="small"
          columns={columns}
          dataSource={story.entries.map((entry, index) => ({ ...entry, key: index }))}
          pagination={false}
          scroll={{ x: "max-content" }}
          locale={{ emptyText: <EmptyState text={t("story.none")} /> }}
        />
      </Card>
    </Page>
  );
}

/** Everything that was done towards one person, to print or to keep. */
export function LeadStoryPage() {
  const query = useStory(Number(useParams()["id"]));
  return <Loaded query={query}>{(story) => <Story story={story} />}</Loaded>;
}
