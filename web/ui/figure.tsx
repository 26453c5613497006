import { Flex, theme, Typography } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";

interface Props {
  label: ReactNode;
  value: ReactNode;
  /** Under the value: what it is made of. */
  detail?: ReactNode;
  /** The rows it counts. */
  to?: string;
  tone?: "default" | "good" | "bad";
}

/** One number with its name; where there are rows behind it, it leads to them. */
export function Figure({ label, value, detail, to, tone = "default" }: Props) {
  const { token } = theme.useToken();
  const colours = { default: token.colorText, good: token.colorSuccess, bad: token.colorError };
  const number = (
    <span className="num" style={{ fontSize: 24, lineHeight: "32px", fontWeight: 600, color: colours[tone] }}>
      {value}
    </span>
  );
  return (
    <Flex vertical style={{ minWidth: 96 }}>
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {label}
      </Typography.Text>
      {to ? (
        <Link to={to} className="figure-link">
          {number}
        </Link>
      ) : (
        number
      )}
      {detail && (
        <Typography.Text type="secondary" className="num" style={{ fontSize: 12 }}>
          {detail}
        </Typography.Text>
      )}
    </Flex>
  );
}
