import { test } from "node:test";
import { lookAtPages } from "../kit/every-page.ts";

const look = { language: "zh", width: 1440, theme: "light" } as const;

for (const half of [0, 1] as const)
  test(`pages in Chinese at 1440 px, light, half ${half + 1}: no untranslated word, nothing too wide, nobody shut out, no complaint`, () =>
    lookAtPages(half, look));
