import "./tables.ts";
import "./events.ts";

export { insertResult, saveSurvey } from "./queries.ts";
export { surveyRoutes } from "./routes.ts";
export { createSurveys, type SurveyOfCall, type Surveys } from "./surveys.ts";
