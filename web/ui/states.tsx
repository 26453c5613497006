import { Button, Empty, Flex, Result, Skeleton, Spin } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useRouteError } from "react-router";
import { ApiError } from "../lib/api.ts";
import { errorText } from "../lib/error-text.ts";

export function PageLoading() {
  return (
    <Flex align="center" justify="center" style={{ minHeight: "60vh" }}>
      <Spin size="large" />
    </Flex>
  );
}

/** Nothing here yet: says what this place is for and offers the first step. */
export function EmptyState({ text, action }: { text: ReactNode; action?: ReactNode }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text} style={{ padding: "32px 16px" }}>
      {action}
    </Empty>
  );
}

/** A failed load: what went wrong in words, and a way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <Result
      status={missing ? "404" : "warning"}
      title={errorText(error)}
      extra={retry && !missing ? <Button onClick={retry}>{t("common.tryAgain")}</Button> : null}
    />
  );
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** The three states of a query: loading, failed, there. */
export function Loaded<T>({ query, children }: { query: QueryLike<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton active paragraph={{ rows: 6 }} style={{ padding: 8 }} />;
}

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      title={t("common.noSuchPage")}
      extra={
        <Link to="/">
          <Button type="primary">{t("common.toStart")}</Button>
        </Link>
      }
    />
  );
}

/** A page that threw: also after an upgrade, when its chunk is gone; loading again helps. */
export function BrokenPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <Result
      status="error"
      title={t("common.pageBroken")}
      subTitle={errorText(error)}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {t("common.loadAgain")}
        </Button>
      }
    />
  );
}
