import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { packedFiles } from "./tools/packed-files.ts";
import { embedScript } from "./tools/embed-script.ts";
import { quietIcons } from "./tools/quiet-icons.ts";

interface Modules {
  getModuleInfo(id: string): { importedIds: string[] } | null;
}

/** What the first page waits for, without what it loads later. */
function firstModules(modules: Modules): Set<string> {
  const found = new Set([fileURLToPath(new URL("web/main.tsx", import.meta.url))]);
  for (const id of found)
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? [])
      if (!imported.includes("node_modules")) found.add(imported);
  return found;
}
let first: Set<string> | undefined;

/** Where the development server sends the API, the live feed and SIP over WebSocket. */
const target = process.env.WAIHU_DEV_TARGET ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: "web",
  plugins: [react(), quietIcons(), embedScript(), packedFiles()],
  server: {
    proxy: {
      "/api": { target, ws: true },
      "/sip": { target, ws: true },
    },
  },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next)\//,
            },
            // In one file it packs better, and is one request in place of eighty.
            {
              debugName: "first",
              name: (id, modules) => ((first ??= firstModules(modules)).has(id) ? "first" : null),
            },
            { name: "charts", test: /node_modules\/(echarts|zrender)\// },
          ],
        },
      },
    },
  },
});
