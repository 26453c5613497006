import { LeftOutlined, PlusOutlined, RightOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Grid, Segmented, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type DiaryItem, diaryItem } from "../../../shared/diary.ts";
import { addDays } from "../../../shared/zoned-time.ts";
import { useKeys } from "../../features/desk/use-keys.ts";
import { api } from "../../lib/api.ts";
import { formatInstant } from "../../lib/format.ts";
import { useCan, useSession } from "../../lib/session.ts";
import { useToday } from "../../lib/use-today.ts";
import { dayStart } from "../../lib/zone.ts";
import { SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useUrlFilter } from "../../ui/use-url-filter.ts";
import { useUsers } from "../users/user-api.ts";
import { keyOf, pathOf, stale, useDiary } from "./diary-api.ts";
import { DiaryGrid } from "./diary-grid.tsx";
import { EditEntry } from "./edit-entry.tsx";
import { daysOf } from "./grid.ts";
import { titleOf } from "./item-words.ts";
import { ItemDrawer } from "./item-drawer.tsx";
import { NextInDiary } from "./next-in-diary.tsx";

const keys = ["view", "day", "whose", "userId"] as const;

/** The next quarter of an hour. */
const soon = () => new Date(Math.ceil(Date.now() / 900_000) * 900_000).toISOString();

/** Promises, planned calls and appointments by the day or the week; own, or the team's. */
export function DiaryPage() {
  const { t } = useTranslation();
  const { values, set } = useUrlFilter(keys);
  const { id: me } = useSession();
  const supervises = useCan("agents.supervise");
  const isWide = Grid.useBreakpoint().md ?? true;
  const [opened, setOpened] = useState<string>();
  const [creating, setCreating] = useState<string>();
  const today = useToday();
  const day = values.day ?? today;
  const view = isWide && values.view !== "day" ? "week" : "day";
  const days = daysOf(day, view);
  const whose = values.whose === "team" ? "team" : "mine";
  const [from, to] = [dayStart(days[0] ?? day), dayStart(addDays(days.at(-1) ?? day, 1))];
  const query = useDiary({ from, to, whose, ...(values.userId && { userId: Number(values.userId) }) });
  const users = useUsers({ active: true, pageSize: 500 }, supervises);
  const move = useAct(
    ({ item, startsAt }: { item: DiaryItem; startsAt: string }) =>
      api.patch(pathOf(item), diaryItem, { startsAt }),
    { stale },
  );
  const items = query.data?.items ?? [];
  const late = items.filter((item) => item.overdue && Date.parse(item.endsAt) <= Date.parse(from));
  const open = items.find((item) => keyOf(item) === opened);
  const mayAct = (item: DiaryItem) => item.kind !== "appointment" || item.agent?.id === me;
  const step = (days: number) => set({ day: addDays(day, days) });
  useKeys({ KeyN: () => setCreating(soon()), KeyT: () => set({ day: null }) });
  if (query.error && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return (
    <Page
      title={t("navigation.diary")}
      help={t("diary.help")}
      actions={
        <Button
          type="primary"
          icon={<PlusOutlined />}
          aria-keyshortcuts="N"
          onClick={() => setCreating(soon())}
        >
          {t("diary.new")}
        </Button>
      }
    >
      <Flex gap={8} wrap align="center">
        <Button
          icon={<LeftOutlined />}
          aria-label={t("diary.before")}
          onClick={() => step(view === "day" ? -1 : -7)}
        />
        <Button onClick={() => set({ day: null })} aria-keyshortcuts="T">
          {t("diary.today")}
        </Button>
        <Button
          icon={<RightOutlined />}
          aria-label={t("diary.after")}
          onClick={() => step(view === "day" ? 1 : 7)}
        />
        {isWide && (
          <Segmented
            aria-label={t("diary.view")}
            value={view}
            options={(["day", "week"] as const).map((value) => ({ value, label: t(`diary.${value}`) }))}
            onChange={(value) => set({ view: value === "week" ? null : value })}
          />
        )}
        <Segmented
          aria-label={t("diary.whose")}
          value={whose}
          options={(["mine", "team"] as const).map((value) => ({ value, label: t(`diary.${value}`) }))}
          onChange={(value) => set({ whose: value === "mine" ? null : value, userId: null })}
        />
        {supervises && (
          <SelectFilter
            value={values.userId}
            onChange={(userId) => set({ userId })}
            placeholder={t("callbacks.agent")}
            searchable
            options={(users.data?.items ?? []).map((u) => ({ value: String(u.id), label: u.name }))}
          />
        )}
      </Flex>
      {whose === "mine" && !values.userId && <NextInDiary onOpen={(item) => setOpened(keyOf(item))} />}
      {late.length > 0 && (
        <Alert
          type="error"
          title={t("diary.late", { count: late.length })}
          description={
            <ul className="diary-late">
              {late.slice(0, 20).map((item) => (
                <li key={keyOf(item)}>
                  <Button type="link" size="small" onClick={() => setOpened(keyOf(item))}>
                    {formatInstant(item.startsAt)} {titleOf(item, t)}
                    {whose === "team" && ` · ${item.agent?.name ?? t("callbacks.team")}`}
                  </Button>
                </li>
              ))}
            </ul>
          }
        />
      )}
      <DiaryGrid
        days={days}
        items={items}
        showsAgent={whose === "team"}
        mayMove={(item) => item.state === "waiting" && mayAct(item)}
        onOpen={(item) => setOpened(keyOf(item))}
        onMove={(item, startsAt) => move.mutate({ item, startsAt })}
        onCreate={setCreating}
      />
      <Typography.Text type="secondary">{t("diary.keys")}</Typography.Text>
      {open && <ItemDrawer item={open} mayAct={mayAct(open)} onClose={() => setOpened(undefined)} />}
      {creating && <EditEntry startsAt={creating} onClose={() => setCreating(undefined)} />}
    </Page>
  );
}
