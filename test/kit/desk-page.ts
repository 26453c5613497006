import type { Locator, Page } from "playwright-core";
import type { AgentState } from "../../shared/desk.ts";
import { type BrowserOptions, openBrowser, signIn, type TestBrowser } from "./browser.ts";
import type { CallBed } from "./call-bed.ts";
import { person, type Person } from "./person.ts";

/** An agent at the desk in a browser of their own; words as on the Chinese page. */
export interface AgentDesk extends AsyncDisposable {
  readonly browser: TestBrowser;
  readonly page: Page;
  readonly hz: number;
  until(state: AgentState): Promise<void>;
  /** Zones by their names: 电话, 客户, 服务总结. */
  zone(name: "电话" | "客户" | "服务总结"): Locator;
  press(button: string): Promise<void>;
  /** The customer's name stands on the screen. */
  sees(name: string): Promise<void>;
}

/** Somebody who may sign in to the desk with `openDesk`. */
export function browserAgent(bed: CallBed, login: string): Promise<Person> {
  return person(bed.database, bed.server.url, login, "agent");
}

/** Signs an agent of the bed in; the desk shows the device check, or what the agent left. */
export async function openDesk(
  bed: CallBed,
  login: string,
  options: BrowserOptions & { url?: string },
): Promise<AgentDesk> {
  await using stack = new AsyncDisposableStack();
  const browser = stack.use(await openBrowser(options));
  await signIn(browser.page, options.url ?? bed.server.url, login);
  const held = stack.move();
  return {
    ...deskOn(browser.page),
    browser,
    hz: options.hz,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** The same person's desk in another tab of the same browser. */
export async function deskInTab(desk: AgentDesk, url: string): Promise<ReturnType<typeof deskOn>> {
  const page = await desk.browser.tab();
  await page.goto(`${url}/desk`);
  return deskOn(page);
}

function deskOn(page: Page): Pick<AgentDesk, "page" | "until" | "zone" | "press" | "sees"> {
  return {
    page,
    until: async (state) => {
      const desk = state === "signed-out" ? ".desk-sign-in" : `.desk[data-agent-state="${state}"]`;
      await page.locator(desk).waitFor();
    },
    zone: (name) => page.getByRole("region", { name, exact: true }),
    press: (button) => page.getByRole("button", { name: button, exact: true }).click(),
    sees: async (name) => {
      await page.locator(".desk-customer").getByText(name, { exact: true }).waitFor();
    },
  };
}

/** Through the device check to the desk, paused; the agent's leg is up. */
export async function takeDesk(desk: AgentDesk): Promise<void> {
  await desk.page.getByText("已听到您的声音").waitFor();
  await desk.press("签入");
  await desk.until("paused");
}

/** A progressive campaign of one number that dials for `ana`, who is not at the desk yet. */
export async function runningCampaign(
  bed: CallBed,
  phone: string,
  change: Partial<Parameters<CallBed["seed"]["campaign"]>[0]> = {},
) {
  const agent = await browserAgent(bed, "ana");
  const campaign = await bed.seed.campaign({ phones: [phone], agents: [agent], ...change });
  await campaign.command("start");
  return { agent, campaign };
}

/** Ready; the customer who is dialled then picks up, sounds at `customerHz`, and is connected. */
export async function takeCall(bed: CallBed, desk: AgentDesk, customerHz?: number) {
  const offered = bed.carrier.nextCall();
  await desk.press("就绪");
  const call = await offered;
  call.answer();
  if (customerHz !== undefined) call.stream!.tone(customerHz);
  await desk.until("talking");
  return call;
}
