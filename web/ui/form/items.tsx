import { Form, type FormItemProps, InputNumber, type InputNumberProps, Switch } from "antd";

type Item = Pick<FormItemProps, "name" | "label" | "extra" | "tooltip">;

/** A yes or no of a form. */
export function SwitchItem(props: Item) {
  return (
    <Form.Item {...props} valuePropName="checked">
      <Switch />
    </Form.Item>
  );
}

type Number = Pick<InputNumberProps<number>, "min" | "max" | "suffix" | "placeholder" | "precision">;

/** A number of a form; whole unless `precision` says how many digits follow the point. */
export function NumberItem({ name, label, extra, tooltip, precision = 0, ...input }: Item & Number) {
  return (
    <Form.Item name={name} label={label} extra={extra} tooltip={tooltip}>
      <InputNumber<number> {...input} precision={precision} style={{ width: "100%", maxWidth: 240 }} />
    </Form.Item>
  );
}
