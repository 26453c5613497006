import { createRoot } from "react-dom/client";
import { App, openRouter } from "./app.tsx";
import { startI18n } from "./lib/i18n/index.ts";
import "./style.css";

/** No `await` of the module itself: what is loaded later imports from this file, and would wait for it for ever. */
async function start(): Promise<void> {
  await startI18n();
  createRoot(document.getElementById("root")!).render(<App router={await openRouter()} />);
}

void start();
