import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { callBed } from "../kit/call-bed.ts";
import { walkDesk } from "../kit/desk-walk.ts";
import { pageFaults } from "../kit/page-faults.ts";

/** Zones that scroll sideways, and buttons whose words do not fit. */
const cutOff = `[...document.querySelectorAll(".desk-zone, .desk button, .ant-modal button")]
  .filter((one) => one.offsetParent && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.className + " " + one.innerText.slice(0, 40))`;

/** The element that has the focus, when it and what stands round it look the same without. */
const unseen = `(async () => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const round = [at, at.nextElementSibling, at.parentElement, at.closest(".ant-input-affix-wrapper, .ant-select, label")];
  const look = () => JSON.stringify(round.filter((one) => one !== null)
    .map((one) => getComputedStyle(one)).map(({ outline, boxShadow, borderColor }) => [outline, boxShadow, borderColor]));
  const focused = look();
  at.blur();
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const without = look();
  at.focus();
  return focused === without ? at.outerHTML.slice(0, 160) : null;
})()`;

/** Goes on by Tab and names each stop on which the focus is not seen. */
async function unseenStops(page: Page, stops: number): Promise<string[]> {
  const found: string[] = [];
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate<string | null>(unseen);
    if (here) found.push(`the focus is not seen on ${here}`);
  }
  await page.evaluate("document.activeElement.blur()");
  return found;
}

const looks = [
  { language: "zh", theme: "light", width: 1440 },
  { language: "en", theme: "dark", width: 360 },
] as const;

for (const { language, theme, width } of looks)
  test(`the desk in every state, ${language}, ${theme}, ${width} px: nobody shut out, nothing cut off, the focus seen`, async () => {
    await using bed = await callBed();
    const wrong: string[] = [];
    const options = { language, dark: theme === "dark", viewport: { width, height: 900 } };
    await walkDesk(bed, options, async (stop, { page, browser }) => {
      const faults = await pageFaults(page, { language, theme });
      if (stop === "summary") faults.push(...(await unseenStops(page, 30)));
      const cut = await page.evaluate<string[]>(cutOff);
      for (const fault of [...faults, ...cut.map((one) => `cuts off ${one}`), ...browser.errors.splice(0)])
        wrong.push(`${stop} ${fault}`);
    });
    assert.deepEqual(wrong, []);
  });
