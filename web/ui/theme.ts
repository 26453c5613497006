import { theme, type ThemeConfig } from "antd";

const font =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", ' +
  '"Noto Sans CJK SC", "Liberation Sans", sans-serif';

/** The tokens of both appearances; pages use antd's tokens and never colours of their own. */
export function themeOf(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? "#4d8dff" : "#1d5fd6",
      colorInfo: dark ? "#4d8dff" : "#1d5fd6",
      colorSuccess: dark ? "#3fb97f" : "#12935a",
      // antd derives a muddy light green from ours.
      ...(dark ? {} : { colorSuccessBg: "#e8f6ef", colorSuccessBorder: "#b5e0cb" }),
      colorWarning: dark ? "#e0a03a" : "#c77700",
      colorError: dark ? "#f0605d" : "#d1352f",
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
      Layout: { headerHeight: 52, headerPadding: "0 16px", headerBg: "transparent", bodyBg: "transparent" },
      Table: { cellPaddingBlock: 10, headerBg: "transparent", headerSplitColor: "transparent" },
      Card: { bodyPadding: 20, headerHeight: 48 },
      Menu: { itemHeight: 36, itemMarginInline: 8, itemBorderRadius: 6, activeBarBorderWidth: 0 },
    },
  };
}
