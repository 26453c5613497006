import { Pagination } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { MessageItem } from "./message-item.tsx";
import { type MessagesAsked, pageSize, useMessages } from "./voicemail-api.ts";

/** Messages, newest first. `withBox`: of several boxes, each says which. */
export function MessageList({ withBox, ...asked }: Omit<MessagesAsked, "page"> & { withBox: boolean }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const query = useMessages({ ...asked, page });
  return (
    <Loaded query={query}>
      {({ items, total }) =>
        items.length === 0 ? (
          <EmptyState
            text={t(
              `voicemail.${asked.search ? "noneFound" : asked.state === "unheard" ? "noneNew" : "none"}`,
            )}
          />
        ) : (
          <>
            <ul aria-label={t("voicemail.messages")} style={{ margin: 0, padding: 0, listStyle: "none" }}>
              {items.map((message) => (
                <MessageItem key={message.id} message={message} withBox={withBox} />
              ))}
            </ul>
            <Pagination
              hideOnSinglePage
              align="end"
              showSizeChanger={false}
              current={page}
              pageSize={pageSize}
              total={total}
              onChange={setPage}
            />
          </>
        )
      }
    </Loaded>
  );
}
