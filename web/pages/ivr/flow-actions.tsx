import { ApartmentOutlined, HistoryOutlined, PhoneOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { UndoButtons } from "../../ui/undo-buttons.tsx";
import type { useDraft } from "./use-draft.ts";

const figureDays = [1, 7, 30] as const;

/** What can be done with a flow as a whole, and of which days its figures are. */
export function FlowActions(props: {
  draft: ReturnType<typeof useDraft>;
  may: boolean;
  /** null: no figures. */
  days: number | null;
  canPublish: boolean;
  onDays: (days: number | null) => void;
  onTidy: () => void;
  onShow: (what: "versions" | "publish" | "test") => void;
}) {
  const { t } = useTranslation();
  const { draft, may, days } = props;
  return (
    <>
      {may && (
        <UndoButtons history={draft}>
          <Button
            icon={<ApartmentOutlined />}
            aria-label={t("ivr.tidy")}
            title={t("ivr.tidy")}
            onClick={props.onTidy}
          />
        </UndoButtons>
      )}
      <Select<number | null>
        value={days}
        aria-label={t("ivr.figures")}
        style={{ minWidth: 130 }}
        options={[
          { value: null, label: t("ivr.noFigures") },
          ...figureDays.map((value) => ({ value, label: t("ivr.figuresOf", { count: value }) })),
        ]}
        onChange={props.onDays}
      />
      <Button icon={<HistoryOutlined />} onClick={() => props.onShow("versions")}>
        {t("ivr.versions")}
      </Button>
      {may && (
        <Button icon={<PhoneOutlined />} onClick={() => props.onShow("test")}>
          {t("ivr.test.title")}
        </Button>
      )}
      {may && (
        <Button type="primary" disabled={!props.canPublish} onClick={() => props.onShow("publish")}>
          {t("ivr.publish")}
        </Button>
      )}
    </>
  );
}
