import { DesktopOutlined, MoonOutlined, SunOutlined, TranslationOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { languages } from "../../../shared/common.ts";
import { currentLanguage, setLanguage } from "../../lib/i18n/index.ts";
import { setThemeChoice, type ThemeChoice, themeChoices, useThemeChoice } from "../../lib/theme.ts";

const icons: Record<ThemeChoice, typeof SunOutlined> = {
  system: DesktopOutlined,
  light: SunOutlined,
  dark: MoonOutlined,
};

/** Light, dark, or as the system. */
export function AppearanceSwitch() {
  const { t } = useTranslation();
  const choice = useThemeChoice();
  const Icon = icons[choice];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [choice],
        onClick: ({ key }) => setThemeChoice(key as ThemeChoice),
        items: themeChoices.map((key) => {
          const ItemIcon = icons[key];
          return { key, icon: <ItemIcon />, label: t(`common.theme.${key}`) };
        }),
      }}
    >
      <Button type="text" icon={<Icon />} aria-label={t("common.theme.label")} />
    </Dropdown>
  );
}

const ownNames = { zh: "简体中文", en: "English" };

export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [currentLanguage()],
        onClick: ({ key }) => void setLanguage(key === "zh" ? "zh" : "en"),
        items: languages.map((key) => ({ key, label: <span lang={key}>{ownNames[key]}</span> })),
      }}
    >
      <Button type="text" icon={<TranslationOutlined />} aria-label={t("common.language")} />
    </Dropdown>
  );
}
