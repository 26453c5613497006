import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type BoxRow, boxSettings, type BoxSettings } from "../../../shared/voicemail.ts";
import { useCan, useSession } from "../../lib/session.ts";
import { NumberItem, SwitchItem } from "../../ui/form/items.tsx";
import { fits } from "../../ui/form/rules.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { CallOutField, usualCallOut } from "./call-out-field.tsx";
import { GreetingField } from "./greeting-field.tsx";
import { PinField } from "./pin-field.tsx";
import { changeBox, createBox, usePeople, voicemailKey } from "./voicemail-api.ts";

type Values = BoxSettings & { name: string; keeperIds: number[]; number: string; callsOut: boolean };

/** A box's greeting, room and time; of one that several look after, who they are. `null`: a new one of those. */
export function BoxForm({ box, onClose }: { box: BoxRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useCan("settings.manage");
  const me = useSession();
  const people = usePeople().data?.items ?? [];
  const isShared = box === null || box.userId === null;
  const save = useAct(
    ({ name, keeperIds, number, callsOut, ...rest }: Values) => {
      const settings = { ...rest, callOut: callsOut ? rest.callOut : null };
      const shared = { name, keeperIds, number: number || null };
      return box
        ? changeBox({ id: box.id, ...settings, ...(isShared && may && { shared }) })
        : createBox({ ...settings, ...shared });
    },
    { stale: [voicemailKey], said: t("common.saved"), onDone: onClose },
  );
  const everybody = [{ userId: me.id, name: me.name }, ...people];
  return (
    <ModalForm<Values>
      title={box ? t("voicemail.settingsOf", { name: box.name }) : t("voicemail.add")}
      initialValues={{
        ...boxSettings.parse({}),
        ...box,
        callsOut: Boolean(box?.callOut),
        callOut: box?.callOut ?? usualCallOut,
        number: box?.number ?? "",
        keeperIds: box?.keepers.map(({ id }) => id) ?? [],
      }}
      isPending={save.isPending}
      onSubmit={(values) => save.mutate(values)}
      onClose={onClose}
    >
      {isShared && may && (
        <>
          <Form.Item name="name" label={t("sounds.name")} rules={[{ required: true, max: 100 }]}>
            <Input autoFocus />
          </Form.Item>
          <Form.Item name="keeperIds" label={t("voicemail.keepers")} extra={t("voicemail.keepersHelp")}>
            <Select<number[]>
              mode="multiple"
              showSearch={{ optionFilterProp: "label" }}
              options={everybody.map(({ userId, name }) => ({ value: userId, label: name }))}
            />
          </Form.Item>
        </>
      )}
      {isShared && may && (
        <Form.Item
          name="number"
          label={t("voicemail.number")}
          extra={t("voicemail.numberHelp")}
          rules={[{ pattern: /^\d{2,10}$/, message: t("voicemail.numberRule") }]}
        >
          <Input inputMode="numeric" maxLength={10} style={{ width: 180 }} />
        </Form.Item>
      )}
      {box && <GreetingField box={box} />}
      {box && <PinField box={box} />}
      <NumberItem
        name="longestSeconds"
        label={t("voicemail.longest")}
        min={10}
        max={600}
        suffix={t("settings.seconds")}
      />
      <NumberItem
        name="mostMessages"
        label={t("voicemail.most")}
        extra={t("voicemail.mostHelp")}
        min={1}
        max={1000}
      />
      <NumberItem
        name="keepDays"
        label={t("voicemail.keep")}
        extra={t("voicemail.keepHelp")}
        min={0}
        max={3650}
        suffix={t("settings.days")}
      />
      <Form.Item
        name="email"
        label={t("voicemail.email")}
        extra={t("voicemail.emailHelp")}
        rules={[fits(boxSettings.shape.email, t("mail.addressRule"))]}
      >
        <Input inputMode="email" />
      </Form.Item>
      <SwitchItem name="emailSound" label={t("voicemail.emailSound")} />
      <CallOutField box={box} />
    </ModalForm>
  );
}
