import { ArrowLeftOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { Link } from "react-router";

/** The way back to the page above. */
export function Trail({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} style={{ display: "inline-flex", gap: 6, alignItems: "center", marginBottom: 6 }}>
      <ArrowLeftOutlined />
      {children}
    </Link>
  );
}
