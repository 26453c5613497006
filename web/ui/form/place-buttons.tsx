import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  /** What stands in this place, for those who cannot see it. */
  name: string;
  first: boolean;
  last: boolean;
  size?: "small" | "middle";
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}

/** Moves an entry of an ordered form up and down, and takes it away. */
export function PlaceButtons({ name, first, last, size = "middle", onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const button = { type: "text", size } as const;
  return (
    <Flex>
      <Button
        {...button}
        icon={<ArrowUpOutlined />}
        aria-label={`${t("common.up")}: ${name}`}
        disabled={first}
        onClick={() => onMove(-1)}
      />
      <Button
        {...button}
        icon={<ArrowDownOutlined />}
        aria-label={`${t("common.down")}: ${name}`}
        disabled={last}
        onClick={() => onMove(1)}
      />
      <Button
        {...button}
        icon={<DeleteOutlined />}
        aria-label={`${t("common.delete")}: ${name}`}
        onClick={onRemove}
      />
    </Flex>
  );
}
