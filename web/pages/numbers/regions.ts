import { useTranslation } from "react-i18next";

/** ISO 3166-2 of China's provinces. */
export const chineseRegions =
  "BJ SH TJ CQ HE SX NM LN JL HL JS ZJ AH FJ JX SD HA HB HN GD GX HI SC GZ YN XZ SN GS QH NX XJ"
    .split(" ")
    .map((code) => `CN-${code}`);

/** The name of a region; the code of one that has no name here. */
export function useRegionName(): (region: string) => string {
  const { t } = useTranslation();
  return (region) => (chineseRegions.includes(region) ? t(`numbers.region.${region}`) : region);
}
