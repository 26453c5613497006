import { currentLanguage } from "./i18n/index.ts";

let zone: string | undefined;

/** The company's time zone; every time on every page is shown in it, as reports count days and hours. */
export function setZone(timeZone: string | undefined): void {
  zone = timeZone;
}
export const companyZone = () => zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

const styles = {
  full: {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  },
  minute: { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  day: { year: "numeric", month: "2-digit", day: "2-digit" },
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  millis: { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 },
} as const;

/** An ISO instant in the company's zone; `–` for null. */
export function formatInstant(iso: string | null | undefined, style: keyof typeof styles = "minute"): string {
  if (!iso) return "–";
  return new Intl.DateTimeFormat(currentLanguage() === "zh" ? "zh-CN" : "en-GB", {
    ...styles[style],
    hourCycle: "h23",
    timeZone: zone,
  }).format(new Date(iso));
}

const two = (n: number) => String(n).padStart(2, "0");

/** Milliseconds as `m:ss` or `h:mm:ss`; `–` for null. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return "–";
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

export const formatNumber = (value: number) => new Intl.NumberFormat(currentLanguage()).format(value);

/** A share of 1 as per cent; `–` when there is nothing to divide by. */
export function formatShare(part: number, whole: number, digits = 1): string {
  if (whole === 0) return "–";
  return new Intl.NumberFormat(currentLanguage(), { style: "percent", maximumFractionDigits: digits }).format(
    part / whole,
  );
}

export function formatBytes(bytes: number | null): string {
  if (bytes === null) return "–";
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
