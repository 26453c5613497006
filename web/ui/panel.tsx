import type { CSSProperties, ReactNode } from "react";

interface Props {
  title?: string;
  style?: CSSProperties;
  children: ReactNode;
}

/** A plain card: antd's brings tabs and skeletons along, which the first page should not wait for. */
export function Panel({ title, style, children }: Props) {
  return (
    <section className="panel" style={style} aria-label={title}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}
