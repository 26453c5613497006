import type { Plugin } from "vite";

const loud = /role: "img",\s*"aria-label": icon\.name\s*\}, restProps/;

/**
 * The icon library gives every icon its English file name as a label, which a screen reader then reads out before the
 * button's own words, in the middle of Chinese. Icons are decoration here unless somebody labels them.
 */
export function quietIcons(): Plugin {
  return {
    name: "quiet-icons",
    transform(code, id) {
      if (!/@ant-design\/icons\/(es|lib)\/components\/AntdIcon(?:Light)?\.js/.test(id)) return undefined;
      if (!loud.test(code))
        throw new Error("The icon library labels its icons in another way: see quiet-icons.ts.");
      return code.replace(
        loud,
        '...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true }) }, restProps',
      );
    },
  };
}
