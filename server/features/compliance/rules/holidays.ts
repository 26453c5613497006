/**
 * Public holidays of the places whose rule packs close on them, as rules, so that any year can be asked. Moved days
 * and working days that a government announces by the year are not known; nor is a day of mourning.
 */
export type HolidayRule =
  /** `07-04` */
  | string
  /** Days from Easter Sunday. */
  | { easter: number }
  /** The n-th such weekday of a month (0 Sunday); negative from its end. */
  | { month: number; weekday: number; nth: number }
  /** Day of the Chinese calendar, `dayBefore` for New Year's Eve. */
  | { lunar: [month: number, day: number]; dayBefore?: boolean }
  /** The solar term Qingming. */
  | { term: "qingming" };

export interface HolidayCalendar {
  days: { name: string; rule: HolidayRule }[];
  /** A fixed day on a Sunday is kept on Monday as well, one on a Saturday on Friday. */
  observed: boolean;
  source: string;
}

const newYear = { name: "New Year's Day", rule: "01-01" };
const christmas = { name: "Christmas Day", rule: "12-25" };
const independence = { name: "Independence Day", rule: "07-04" };
const labor = { name: "Labor Day", rule: { month: 9, weekday: 1, nth: 1 } };
const thanksgiving = { name: "Thanksgiving Day", rule: { month: 11, weekday: 4, nth: 4 } };
const memorial = { name: "Memorial Day", rule: { month: 5, weekday: 1, nth: -1 } };
const king = { name: "Martin Luther King Jr. Day", rule: { month: 1, weekday: 1, nth: 3 } };
const washington = { name: "Washington's Birthday", rule: { month: 2, weekday: 1, nth: 3 } };
const columbus = { name: "Columbus Day", rule: { month: 10, weekday: 1, nth: 2 } };
const veterans = { name: "Veterans Day", rule: "11-11" };
const juneteenth = { name: "Juneteenth", rule: "06-19" };

export const holidayCalendars: Record<string, HolidayCalendar> = {
  US: {
    days: [
      newYear,
      king,
      washington,
      memorial,
      juneteenth,
      independence,
      labor,
      columbus,
      veterans,
      thanksgiving,
      christmas,
    ],
    observed: true,
    source: "5 U.S.C. § 6103",
  },
  FR: {
    days: [
      { name: "Jour de l'an", rule: "01-01" },
      { name: "Lundi de Pâques", rule: { easter: 1 } },
      { name: "Fête du travail", rule: "05-01" },
      { name: "Victoire 1945", rule: "05-08" },
      { name: "Ascension", rule: { easter: 39 } },
      { name: "Lundi de Pentecôte", rule: { easter: 50 } },
      { name: "Fête nationale", rule: "07-14" },
      { name: "Assomption", rule: "08-15" },
      { name: "Toussaint", rule: "11-01" },
      { name: "Armistice 1918", rule: "11-11" },
      { name: "Noël", rule: "12-25" },
    ],
    observed: false,
    source: "Code du travail, art. L. 3133-1",
  },
  ES: {
    days: [
      { name: "Año Nuevo", rule: "01-01" },
      { name: "Epifanía", rule: "01-06" },
      { name: "Viernes Santo", rule: { easter: -2 } },
      { name: "Fiesta del Trabajo", rule: "05-01" },
      { name: "Asunción", rule: "08-15" },
      { name: "Fiesta Nacional", rule: "10-12" },
      { name: "Todos los Santos", rule: "11-01" },
      { name: "Constitución", rule: "12-06" },
      { name: "Inmaculada", rule: "12-08" },
      { name: "Navidad", rule: "12-25" },
    ],
    observed: false,
    source: "Estatuto de los Trabajadores, art. 37.2; national days only",
  },
  CN: {
    days: [
      { name: "元旦", rule: "01-01" },
      { name: "除夕", rule: { lunar: [1, 1], dayBefore: true } },
      { name: "春节", rule: { lunar: [1, 1] } },
      { name: "春节", rule: { lunar: [1, 2] } },
      { name: "春节", rule: { lunar: [1, 3] } },
      { name: "清明节", rule: { term: "qingming" } },
      { name: "劳动节", rule: "05-01" },
      { name: "劳动节", rule: "05-02" },
      { name: "端午节", rule: { lunar: [5, 5] } },
      { name: "中秋节", rule: { lunar: [8, 15] } },
      { name: "国庆节", rule: "10-01" },
      { name: "国庆节", rule: "10-02" },
      { name: "国庆节", rule: "10-03" },
    ],
    observed: false,
    source: "《全国年节及纪念日放假办法》（2025 年起施行的修订）",
  },
};

const dayMs = 86_400_000;
const isoOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Gregorian computus (Meeus, Jones, Butcher). */
function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1);
}

const chinese = new Intl.DateTimeFormat("en-u-ca-chinese", {
  timeZone: "UTC",
  month: "numeric",
  day: "numeric",
});

function lunarDate(year: number, [month, day]: [number, number]): number {
  // A leap month is written `6bis` and is not the month meant.
  for (let at = Date.UTC(year, 0, 15); ; at += dayMs) {
    const parts = Object.fromEntries(chinese.formatToParts(at).map(({ type, value }) => [type, value]));
    if (parts["month"] === String(month) && parts["day"] === String(day)) return at;
    if (at > Date.UTC(year + 1, 0, 20)) throw new RangeError(`no day ${month}/${day} in ${year}`);
  }
}

function dateOf(year: number, rule: HolidayRule): number {
  if (typeof rule === "string") return Date.parse(`${year}-${rule}T00:00:00Z`);
  if ("easter" in rule) return easterOf(year) + rule.easter * dayMs;
  if ("lunar" in rule) return lunarDate(year, rule.lunar) - (rule.dayBefore ? dayMs : 0);
  // Good for 2000 to 2099: C = 4.81, as the almanac's rule of thumb has it.
  if ("term" in rule) {
    const y = year % 100;
    return Date.UTC(year, 3, Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4));
  }
  const { month, weekday, nth } = rule;
  if (nth > 0) {
    const first = Date.UTC(year, month - 1, 1);
    return first + (((weekday - new Date(first).getUTCDay() + 7) % 7) + (nth - 1) * 7) * dayMs;
  }
  const last = Date.UTC(year, month, 0);
  return last - (((new Date(last).getUTCDay() - weekday + 7) % 7) + (-nth - 1) * 7) * dayMs;
}

const years = new Map<string, Map<string, string>>();

function yearOf(id: string, year: number): Map<string, string> {
  const key = `${id} ${year}`;
  const known = years.get(key);
  if (known) return known;
  const calendar = holidayCalendars[id];
  if (!calendar) throw new RangeError(`no calendar of holidays ${id}`);
  const days = new Map<string, string>();
  for (const { name, rule } of calendar.days) {
    const at = dateOf(year, rule);
    days.set(isoOf(at), name);
    const weekday = new Date(at).getUTCDay();
    if (!calendar.observed || typeof rule !== "string") continue;
    if (weekday === 0) days.set(isoOf(at + dayMs), name);
    if (weekday === 6) days.set(isoOf(at - dayMs), name);
  }
  years.set(key, days);
  return days;
}

/** The holiday's name on that local date (`2026-10-01`), null on any other day. Throws for an unknown calendar. */
export function holidayOn(calendar: string, date: string): string | null {
  return yearOf(calendar, Number(date.slice(0, 4))).get(date) ?? null;
}
