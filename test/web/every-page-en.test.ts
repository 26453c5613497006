import { test } from "node:test";
import { lookAtPages } from "../kit/every-page.ts";

const look = { language: "en", width: 360, theme: "dark" } as const;

for (const half of [0, 1] as const)
  test(`pages in English at 360 px, dark, half ${half + 1}: no untranslated word, nothing too wide, nobody shut out, no complaint`, () =>
    lookAtPages(half, look));
