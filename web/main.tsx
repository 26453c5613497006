import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startI18n } from "./lib/i18n/index.ts";
import "./style.css";

await startI18n();
createRoot(document.getElementById("root")!).render(<App />);
