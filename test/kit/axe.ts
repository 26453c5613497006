import axe from "axe-core";
import type { Page } from "playwright-core";
import { until } from "./until.ts";

interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: string[]; html: string; failureSummary?: string }[];
}

/** Colours are looked at when nothing moves any more: half-way through a transition they are neither's. */
const settle = `Promise.race([
  Promise.all(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished.catch(() => {}))),
  new Promise((resolve) => setTimeout(resolve, 1000)),
])`;

/** All of WCAG 2.1 A and AA. The product has no frames and no foreign style sheets. */
const options = {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  iframes: false,
  preload: false,
};

/** Once a second the page makes what scrolls sideways a stop of the Tab key. */
const areReachable = `[...document.querySelectorAll(".ant-table-content, .ant-table-body")]
  .every((one) => one.scrollWidth <= one.clientWidth || one.hasAttribute("tabindex"))`;

/** What axe-core finds serious or critical on the page as it stands, in the theme given, one line for each element. */
export async function axeFaults(page: Page, theme: "light" | "dark"): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.locator(`html[data-theme="${theme}"]`).waitFor({ state: "attached" });
  await page.evaluate(settle);
  await until("what scrolls sideways is reachable", () => page.evaluate<boolean>(areReachable));
  // Evaluated by the debugger, since the product's policy allows no foreign script.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, html, failureSummary = "" }) =>
          `${theme} ${id}: ${target.join(" ")} ${html.slice(0, 160)} ${failureSummary.split("\n")[1]?.trim() ?? ""}`,
      ),
    );
}
