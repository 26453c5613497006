import { Table, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { CallDetail } from "../../../shared/calls.ts";
import { formatInstant } from "../../lib/format.ts";
import { useRecordWords } from "../../ui/use-record-words.ts";

/** A recording has its player; its id is for machines. */
const shown = (data: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(data).filter(([key]) => key !== "recordingId"));

/** What happened to the call, event by event, with the time since the one before. */
export function CallEvents({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const words = useRecordWords(call.names);
  const first = call.events[0];
  return (
    <Table
      size="small"
      className="num"
      pagination={false}
      rowKey="id"
      dataSource={call.events}
      scroll={{ x: "max-content" }}
      columns={[
        { title: t("common.time"), render: (_, event) => formatInstant(event.at, "millis") },
        {
          title: t("calls.sinceStart"),
          align: "right",
          render: (_, event) =>
            first && `+${((Date.parse(event.at) - Date.parse(first.at)) / 1000).toFixed(3)} s`,
        },
        {
          title: t("calls.event"),
          render: (_, event) => {
            const word = t(`callEvent.${event.type}`, { defaultValue: event.type });
            const { leg, trouble } = event.data;
            return typeof leg === "string" && typeof trouble === "string"
              ? `${word}: ${t(`quality.trouble.${leg}.${trouble}`, { defaultValue: trouble })}`
              : word;
          },
        },
        {
          title: t("calls.states"),
          render: (_, event) =>
            event.toState &&
            event.toState !== event.fromState && (
              <>
                {event.fromState ? `${t(`callState.${event.fromState}`)} → ` : ""}
                {t(`callState.${event.toState}`)}
              </>
            ),
        },
        {
          title: t("common.details"),
          render: (_, event) => (
            <Typography.Text
              type="secondary"
              style={{ fontSize: 12, whiteSpace: "normal", display: "block", maxWidth: 520 }}
            >
              {words(shown(event.data))}
            </Typography.Text>
          ),
        },
      ]}
    />
  );
}
