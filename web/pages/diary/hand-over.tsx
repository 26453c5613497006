import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type DiaryHandOver, type DiaryItem, diaryItem } from "../../../shared/diary.ts";
import { api } from "../../lib/api.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { pathOf, stale, useColleagues } from "./diary-api.ts";

const team = 0;

/** To a colleague, or to the team of the campaign, with a word why. */
export function HandOver({ item, onClose }: { item: DiaryItem; onClose: () => void }) {
  const { t } = useTranslation();
  const colleagues = useColleagues(true);
  const hand = useAct((body: DiaryHandOver) => api.post(`${pathOf(item)}/hand-over`, diaryItem, body), {
    stale,
    said: t("diary.handedOver"),
    onDone: onClose,
  });
  const options = [
    ...(item.kind === "callback" && item.campaign ? [{ value: team, label: t("callbacks.team") }] : []),
    ...(colleagues.data?.items ?? [])
      .filter(({ id }) => id !== item.agent?.id)
      .map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <ModalForm<{ userId: number; why: string }>
      title={t("diary.handOver")}
      okText={t("diary.handOver")}
      isPending={hand.isPending}
      onSubmit={({ userId, why }) => hand.mutate({ userId: userId === team ? null : userId, why })}
      onClose={onClose}
    >
      <Form.Item name="userId" label={t("diary.to")} rules={[{ required: true }]}>
        <Select
          autoFocus
          showSearch={{ optionFilterProp: "label" }}
          loading={colleagues.isPending}
          options={options}
          notFoundContent={t("diary.noColleague")}
        />
      </Form.Item>
      <Form.Item name="why" label={t("diary.why")} rules={[{ required: true, whitespace: true, max: 500 }]}>
        <Input />
      </Form.Item>
    </ModalForm>
  );
}
