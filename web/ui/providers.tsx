import { EllipsisOutlined } from "@ant-design/icons";
import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import type { Locale } from "antd/es/locale";
import dayjs from "dayjs";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../lib/i18n/index.ts";
import { queryClient } from "../lib/query-client.ts";
import { useDark } from "../lib/theme.ts";
import { themeOf } from "./theme.ts";

async function localeOf(language: string): Promise<Locale> {
  if (language !== "zh") {
    dayjs.locale("en");
    return (await import("antd/es/locale/en_GB")).default;
  }
  await import("dayjs/locale/zh-cn");
  dayjs.locale("zh-cn");
  return (await import("antd/es/locale/zh_CN")).default;
}

/** antd's own words and dayjs follow the page's language. */
function useAntLocale(): Locale | undefined {
  useTranslation();
  const language = currentLanguage();
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    let current = true;
    void localeOf(language).then((loaded) => current && setLocale(loaded));
    return () => {
      current = false;
    };
  }, [language]);
  return locale;
}

const required = "${label}";

export function Providers({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const locale = useAntLocale();
  const dark = useDark();
  // A locale that comes later would build the whole page anew and lose what was typed meanwhile.
  if (!locale) return null;
  return (
    <QueryClientProvider client={queryClient}>
      <ConfigProvider
        locale={locale}
        theme={themeOf(dark)}
        button={{ autoInsertSpace: false }}
        tabs={{ more: { icon: <EllipsisOutlined aria-label={t("common.more")} /> } }}
        form={{ validateMessages: { required: t("common.isRequired", { label: required }) } }}
      >
        <AntApp message={{ maxCount: 3 }}>{children}</AntApp>
      </ConfigProvider>
    </QueryClientProvider>
  );
}
