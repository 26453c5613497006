import { join } from "node:path";
import { build, type Plugin } from "vite";

const root = join(import.meta.dirname, "..");

/** `/embed.js`, which other systems load by a name that stays: one classic script beside the build of the page. */
export function embedScript(): Plugin {
  let outDir = "";
  return {
    name: "embed-script",
    apply: "build",
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      await build({
        configFile: false,
        root: join(root, "web/embed"),
        logLevel: "warn",
        build: {
          outDir,
          emptyOutDir: false,
          target: "es2022",
          lib: { entry: "main.ts", formats: ["iife"], name: "waihuEmbed", fileName: () => "embed.js" },
        },
      });
    },
  };
}
