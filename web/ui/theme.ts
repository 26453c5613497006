import { theme, type ThemeConfig } from "antd";

const font =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", ' +
  '"Noto Sans CJK SC", "Liberation Sans", sans-serif';

/** The words on tags of these colours; antd has two names for each token, of which the one with a hyphen wins. */
const wordsOnTags = {
  green7: "#237804",
  "green-7": "#237804",
  gold7: "#874d00",
  "gold-7": "#874d00",
  orange7: "#ad4e00",
  "orange-7": "#ad4e00",
  cyan7: "#006d75",
  "cyan-7": "#006d75",
};
const wordsOnDarkTags = {
  purple7: "#ab7ae0",
  "purple-7": "#ab7ae0",
  geekblue7: "#7f9ef3",
  "geekblue-7": "#7f9ef3",
};

/**
 * The tokens of both appearances; pages use antd's tokens and never colours of their own. antd
 * mixes the dark ones with 15 % of its own dark grey.
 */
export function themeOf(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? "#6ea6ff" : "#1d5fd6",
      colorInfo: dark ? "#6ea6ff" : "#1d5fd6",
      colorSuccess: dark ? "#3fb97f" : "#0d7a49",
      colorWarning: dark ? "#e0a03a" : "#9a5b00",
      colorError: dark ? "#ff7f7b" : "#c42c26",
      colorSuccessBg: dark ? "#12291f" : "#e6f6ee",
      colorSuccessBorder: dark ? "#1f5a40" : "#a5dcc0",
      colorWarningBg: dark ? "#2b2112" : "#fff4de",
      colorWarningBorder: dark ? "#6b4d1a" : "#f3d08f",
      colorErrorBg: dark ? "#2e1718" : "#fdeceb",
      colorErrorBorder: dark ? "#70302f" : "#f4b9b6",
      colorInfoBg: dark ? "#14233d" : "#eaf2ff",
      colorInfoBorder: dark ? "#264a85" : "#b5d0fa",
      colorPrimaryBg: dark ? "#14233d" : "#eaf2ff",
      ...(dark ? wordsOnDarkTags : wordsOnTags),
      // antd's greys fall short of 4.5:1 (WCAG 2.1, 1.4.3).
      colorTextTertiary: dark ? "#98a4b3" : "#5d6b7c",
      colorTextDescription: dark ? "#98a4b3" : "#5d6b7c",
      colorTextPlaceholder: dark ? "#8b97a6" : "#667280",
      // antd's lighter blue and red under the pointer have 3.8:1 as words.
      ...(!dark && { colorPrimaryHover: "#184fb3", colorLinkHover: "#184fb3", colorErrorHover: "#a8231e" }),
      colorBgLayout: dark ? "#0f1318" : "#f4f6f9",
      colorBgContainer: dark ? "#171c23" : "#ffffff",
      colorBgElevated: dark ? "#1f262f" : "#ffffff",
      colorBorderSecondary: dark ? "#262e38" : "#e8ecf1",
      colorBorder: dark ? "#36404c" : "#d3dae3",
      borderRadius: 6,
      borderRadiusLG: 10,
      fontFamily: font,
      fontSize: 14,
      controlHeight: 34,
    },
    components: {
      // White on the bright colours of the dark appearance has 3.3:1.
      ...(dark && { Button: { primaryColor: "#0b1220", dangerColor: "#0b1220" } }),
      Layout: { headerHeight: 52, headerPadding: "0 16px", headerBg: "transparent", bodyBg: "transparent" },
      Table: {
        cellPaddingBlockMD: 10,
        cellPaddingInlineMD: 16,
        headerBg: "transparent",
        headerSplitColor: "transparent",
        headerColor: dark ? "#98a4b3" : "#5d6b7c",
      },
      Card: { bodyPadding: 20, headerPadding: 20, headerHeight: 48 },
      Menu: {
        groupTitleFontSize: 12,
        itemHeight: 36,
        itemMarginInline: 8,
        itemBorderRadius: 6,
        activeBarBorderWidth: 0,
      },
    },
  };
}
