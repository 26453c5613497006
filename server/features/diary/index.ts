import "./tables.ts";

export { diaryRoutes } from "./routes.ts";
export { watchDiary } from "./watch-diary.ts";
