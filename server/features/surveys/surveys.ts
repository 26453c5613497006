/** Surveys and where they are asked, in memory: they are looked up when a talk ends. */
import type { SurveyDetail, SurveyWhen } from "../../../shared/surveys.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import { allSurveys } from "./queries.ts";
import "./events.ts";

export interface SurveyOfCall {
  survey: SurveyDetail;
  when: SurveyWhen;
}

export interface Surveys extends Disposable {
  /** What is asked after a call of this queue, else of this campaign. */
  of(call: { queueId: number | null; campaignId: number | null }): SurveyOfCall | undefined;
  /** Reads everything; again whenever something is changed. */
  start(): Promise<void>;
}

export function createSurveys({ database, events }: { database: Database; events: EventBus }): Surveys {
  const byQueue = new Map<number, SurveyOfCall>();
  const byCampaign = new Map<number, SurveyOfCall>();
  let reading: Promise<void> = Promise.resolve();

  async function read(): Promise<void> {
    const surveys = await allSurveys(database.db);
    byQueue.clear();
    byCampaign.clear();
    for (const survey of surveys)
      for (const { queueId, campaignId, when } of survey.uses) {
        if (queueId !== null) byQueue.set(queueId, { survey, when });
        if (campaignId !== null) byCampaign.set(campaignId, { survey, when });
      }
  }

  /** One after another, so that the last that is read is the newest. */
  function readAgain(): Promise<void> {
    reading = reading.catch(() => undefined).then(read);
    return reading;
  }

  const stop = events.on("surveys.changed", readAgain);
  return {
    of: ({ queueId, campaignId }) =>
      (queueId === null ? undefined : byQueue.get(queueId)) ??
      (campaignId === null ? undefined : byCampaign.get(campaignId)),
    start: readAgain,
    [Symbol.dispose]: stop,
  };
}
