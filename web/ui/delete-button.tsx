import { DeleteOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useDanger } from "./use-danger.ts";

/** Deletes one of a list, once that was asked: `title` is the question, `help` what goes with it. */
export function DeleteButton(props: {
  name: string;
  title: string;
  help: string;
  onDelete: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const danger = useDanger();
  return (
    <Button
      type="text"
      icon={<DeleteOutlined />}
      aria-label={`${t("common.delete")}: ${props.name}`}
      onClick={() =>
        danger({
          title: props.title,
          content: props.help,
          okText: t("common.delete"),
          onOk: props.onDelete,
        })
      }
    />
  );
}
