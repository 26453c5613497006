import { Col, Form, InputNumber, Row, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { callerIdInput, type CallerIdPoolDetail, type CallerIdRow } from "../../../shared/caller-ids.ts";
import { formatPhone } from "../../lib/format-phone.ts";
import { fits } from "../../ui/form/rules.ts";
import { ModalForm } from "../../ui/form/modal-form.tsx";
import { useAct } from "../../ui/use-act.ts";
import { callerIdsKey, inputOf, savePool } from "./caller-id-api.ts";

type Fields = Pick<CallerIdRow, "enabled" | "maxPerHour" | "maxPerDay" | "prefixes">;

/** What one number has of its own. */
export function NumberForm(props: { pool: CallerIdPoolDetail; row: CallerIdRow; onClose: () => void }) {
  const { t } = useTranslation();
  const { pool, row } = props;
  const save = useAct(
    (fields: Fields) => {
      const input = inputOf(pool);
      const own = callerIdInput.parse({
        number: row.number,
        ...fields,
        maxPerHour: fields.maxPerHour ?? null,
        maxPerDay: fields.maxPerDay ?? null,
      });
      const numbers = input.numbers.map((number) => (number.number === row.number ? own : number));
      return savePool(pool.id, { ...input, numbers });
    },
    { stale: [callerIdsKey], said: t("common.saved"), onDone: props.onClose },
  );
  return (
    <ModalForm<Fields>
      title={formatPhone(row.number)}
      initialValues={row}
      isPending={save.isPending}
      onSubmit={(fields) => save.mutate(fields)}
      onClose={props.onClose}
    >
      <Form.Item name="enabled" label={t("callerIds.enabled")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Row gutter={16}>
        {(["maxPerHour", "maxPerDay"] as const).map((name) => (
          <Col key={name} xs={24} sm={12}>
            <Form.Item name={name} label={t(`callerIds.${name}`)}>
              <InputNumber<number>
                min={1}
                max={100_000}
                precision={0}
                placeholder={pool[name] === null ? t("callerIds.noCap") : String(pool[name])}
                style={{ width: "100%" }}
              />
            </Form.Item>
          </Col>
        ))}
      </Row>
      <Form.Item
        name="prefixes"
        label={t("callerIds.prefixes")}
        extra={t("callerIds.prefixesHelp")}
        rules={[fits(callerIdInput.shape.prefixes, t("callerIds.prefixesRule"))]}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[",", " ", "，", "、", "\n"]}
          placeholder="+86755"
        />
      </Form.Item>
    </ModalForm>
  );
}
