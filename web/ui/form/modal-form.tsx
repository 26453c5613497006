import { Form, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props<F> {
  title: string;
  /** Default: save. */
  okText?: string;
  width?: number;
  initialValues?: object;
  /** The request is under way. */
  isPending: boolean;
  onSubmit: (fields: F) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A short form over the page. It stays open, with what was typed, until its request has worked. */
export function ModalForm<F>({ title, okText, width, initialValues, isPending, ...rest }: Props<F>) {
  const { t } = useTranslation();
  const [form] = Form.useForm<F>();
  return (
    <Modal
      open
      title={title}
      okText={okText ?? t("common.save")}
      {...(width === undefined ? {} : { width })}
      confirmLoading={isPending}
      onOk={() => form.submit()}
      onCancel={rest.onClose}
    >
      <Form<F>
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        {...(initialValues === undefined ? {} : { initialValues })}
        onFinish={rest.onSubmit}
      >
        {rest.children}
        {/* Enter in a field saves, as in any form. */}
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
