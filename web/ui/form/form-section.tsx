import { Card, Col, Row, Typography } from "antd";
import type { ReactNode } from "react";

/** A titled part of a long form; its fields stand in columns where there is room. */
export function FormSection({
  title,
  help,
  children,
}: {
  title: ReactNode;
  help?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card title={title} styles={{ body: { paddingBottom: 0 } }}>
      {help && <Typography.Paragraph type="secondary">{help}</Typography.Paragraph>}
      <Row gutter={20}>{children}</Row>
    </Card>
  );
}

/** One field of a section: `span` of 24 columns on a wide screen, the whole width on a narrow one. */
export function FormColumn({ span = 8, children }: { span?: number; children: ReactNode }) {
  return (
    <Col xs={24} md={span < 12 ? 12 : 24} xl={span}>
      {children}
    </Col>
  );
}
