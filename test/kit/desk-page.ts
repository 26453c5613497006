import type { Locator, Page } from "playwright-core";
import type { AgentState } from "../../shared/desk.ts";
import { openBrowser, signIn, type BrowserOptions, type TestBrowser } from "./browser.ts";
import type { Testbed, TestPerson } from "./testbed.ts";

/** An agent at the desk in a browser of their own; words as on the Chinese page. */
export interface AgentDesk extends AsyncDisposable {
  readonly browser: TestBrowser;
  readonly page: Page;
  readonly person: TestPerson;
  until(state: AgentState): Promise<void>;
  /** Zones by their names: 电话, 客户, 服务总结. */
  zone(name: "电话" | "客户" | "服务总结"): Locator;
  press(button: string): Promise<void>;
  /** The customer's name stands on the screen. */
  sees(name: string): Promise<void>;
}

export async function openDesk(
  bed: Testbed,
  person: TestPerson,
  options: BrowserOptions,
): Promise<AgentDesk> {
  const browser = await openBrowser(options);
  const { page } = browser;
  await signIn(page, bed.url, person);
  return {
    browser,
    page,
    person,
    until: async (state) => {
      const desk = state === "signed-out" ? ".desk-sign-in" : `.desk[data-agent-state="${state}"]`;
      await page.locator(desk).waitFor();
    },
    zone: (name) => page.getByRole("region", { name, exact: true }),
    press: (button) => page.getByRole("button", { name: button, exact: true }).click(),
    sees: async (name) => {
      await page.locator(".desk-customer").getByText(name, { exact: true }).waitFor();
    },
    [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
  };
}

/** Through the device check to the desk, paused; the agent's leg is up. */
export async function takeDesk(desk: AgentDesk): Promise<void> {
  await desk.page.getByText("已听到您的声音").waitFor();
  await desk.press("签入");
  await desk.until("paused");
}
