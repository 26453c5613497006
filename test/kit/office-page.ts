import { type Browser, chromium, type Page } from "playwright-core";
import type { Role } from "../../shared/permissions.ts";
import type { CallBed } from "./call-bed.ts";
import { signIn } from "./browser.ts";
import { person } from "./person.ts";

/** Somebody at the administrator's or manager's pages in a browser without telephony. */
export interface Office extends AsyncDisposable {
  readonly page: Page;
  readonly userId: number;
  /** What the console complained of, with the page's address. */
  readonly complaints: string[];
  open(path: string): Promise<void>;
}

export interface OfficeOptions {
  role?: Role;
  language?: "zh" | "en";
  viewport?: { width: number; height: number };
}

/** A refused request of nobody who signs in is no complaint: the page asks who is signed in. */
const expected = /status of 401/;

async function openPage(
  browser: Browser,
  { language = "zh", viewport }: OfficeOptions,
  complaints: string[],
) {
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1440, height: 900 },
    locale: language === "zh" ? "zh-CN" : "en-GB",
    timezoneId: "Europe/London",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => complaints.push(`${page.url()} ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !expected.test(message.text()))
      complaints.push(`${page.url()} ${message.text()}`);
  });
  return page;
}

/** A new person of this role, signed in through the page and standing on `/profile`. */
export async function openOffice(bed: CallBed, login: string, options: OfficeOptions = {}): Promise<Office> {
  const { userId } = await person(bed.database, bed.server.url, login, options.role ?? "administrator");
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const complaints: string[] = [];
  const page = await openPage(browser, options, complaints);
  await signIn(page, bed.server.url, login, "/profile");
  await page.getByRole("heading", { level: 1 }).waitFor();
  return {
    page,
    userId,
    complaints,
    async open(path) {
      await page.goto(`${bed.server.url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
