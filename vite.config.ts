import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { packedFiles } from "./tools/packed-files.ts";
import { embedScript } from "./tools/embed-script.ts";
import { quietIcons } from "./tools/quiet-icons.ts";

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
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules\/(react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next)\//,
            },
            { name: "charts", test: /node_modules\/(echarts|zrender)\// },
          ],
        },
      },
    },
  },
});
