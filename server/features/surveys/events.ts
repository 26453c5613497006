import "../../kernel/events.ts";

declare module "../../kernel/events.ts" {
  interface AppEvents {
    /** A survey, or where it is asked, was changed. */
    "surveys.changed": { surveyId: number };
  }
}
