import type { Language } from "../../../shared/common.ts";
import { type ScriptDocument, scriptDocument, type ScriptKind } from "../../../shared/scripts.ts";
import type { Tx } from "../../kernel/db.ts";
import { createScript, publishScript } from "../scripts/index.ts";

type Words = Record<
  | "script"
  | "survey"
  | "hello"
  | "helloText"
  | "time"
  | "yes"
  | "no"
  | "offer"
  | "offerText"
  | "interest"
  | "buys"
  | "thinks"
  | "refuses"
  | "details"
  | "detailsText"
  | "reason"
  | "why"
  | "price"
  | "other"
  | "noNeed"
  | "sold"
  | "later"
  | "bye"
  | "byeText"
  | "laterText"
  | "recommend"
  | "speed"
  | "aspects"
  | "service"
  | "claims"
  | "good"
  | "fair"
  | "poor"
  | "better"
  | "soldResult"
  | "callbackResult"
  | "priceResult"
  | "doneResult",
  string
>;

const words: Record<Language, Words> = {
  zh: {
    script: "续保话术",
    survey: "满意度回访问卷",
    hello: "开场",
    helloText:
      "您好，请问是 **{{lead.name|您}}** 吗？我是演示保险的{{agent.name}}。\n\n> 先确认是本人，再说明来意。",
    time: "现在方便说一分钟吗？",
    yes: "方便",
    no: "不方便",
    offer: "续保方案",
    offerText: "您的{{lead.product|保险}}将于 **{{lead.due|近期}}** 到期，现在续保可享老客户优惠。",
    interest: "客户怎么说？",
    buys: "愿意续保",
    thinks: "再考虑",
    refuses: "不续保",
    details: "登记",
    detailsText: "- 核对保费\n- 说明生效日期",
    reason: "原因",
    why: "主要原因是什么？",
    price: "价格",
    noNeed: "不再需要",
    other: "其他",
    sold: "成交",
    later: "改日再联系",
    bye: "结束",
    byeText: "感谢您的时间，祝您生活愉快。",
    laterText: "好的，我改天再打给您。",
    recommend: "您有多大可能向朋友推荐我们？",
    speed: "您对接听速度满意吗？",
    aspects: "以下各方面如何？",
    service: "服务态度",
    claims: "理赔速度",
    good: "好",
    fair: "一般",
    poor: "差",
    better: "我们可以在哪里做得更好？",
    soldResult: "成交",
    callbackResult: "约定回拨",
    priceResult: "价格原因",
    doneResult: "未说明原因",
  },
  en: {
    script: "Renewal script",
    survey: "Satisfaction survey",
    hello: "Opening",
    helloText:
      "Hello, am I speaking with **{{lead.name|you}}**? This is {{agent.name}} of Demo Insurance.\n\n> Make sure that it is the right person before you say why you call.",
    time: "Have you got a minute?",
    yes: "Yes",
    no: "Not now",
    offer: "The offer",
    offerText:
      "Your {{lead.product|policy}} ends on **{{lead.due|a day soon}}**. Whoever renews now keeps the old price.",
    interest: "What does the customer say?",
    buys: "Renews",
    thinks: "Thinks about it",
    refuses: "Does not renew",
    details: "Details",
    detailsText: "- Check the premium\n- Say from when it holds",
    reason: "The reason",
    why: "What is the main reason?",
    price: "Price",
    noNeed: "No longer needed",
    other: "Another",
    sold: "Sold",
    later: "Another day",
    bye: "Goodbye",
    byeText: "Thank you for your time. Goodbye.",
    laterText: "I will call you another day, then.",
    recommend: "How likely are you to recommend us to a friend?",
    speed: "How content are you with how fast we answer?",
    aspects: "And how are we otherwise?",
    service: "Courtesy",
    claims: "Claims",
    good: "Good",
    fair: "Fair",
    poor: "Poor",
    better: "What could we do better?",
    soldResult: "Sold",
    callbackResult: "Callback agreed",
    priceResult: "Price",
    doneResult: "No reason given",
  },
};

const choices = (...labels: string[]) => labels.map((label, index) => ({ key: `o${index + 1}`, label }));
const jump = (key: string, value: string, to: string, op = "is") => ({
  when: { tests: [{ key, op, value }] },
  to,
});

function renewal(w: Words): ScriptDocument {
  return scriptDocument.parse({
    start: "hello",
    pages: [
      {
        id: "hello",
        title: w.hello,
        text: w.helloText,
        questions: [
          { key: "time", type: "single", label: w.time, required: true, options: choices(w.yes, w.no) },
        ],
        jumps: [jump("time", "o2", "later")],
        next: "offer",
      },
      {
        id: "offer",
        title: w.offer,
        text: w.offerText,
        questions: [
          {
            key: "interest",
            type: "single",
            label: w.interest,
            required: true,
            options: choices(w.buys, w.thinks, w.refuses),
          },
        ],
        jumps: [jump("interest", "o1", "details"), jump("interest", "o2", "later")],
        next: "reason",
      },
      { id: "details", title: w.details, text: w.detailsText, fields: ["amount"], next: "sold" },
      {
        id: "reason",
        title: w.reason,
        questions: [
          {
            key: "why",
            type: "single",
            label: w.why,
            required: true,
            options: choices(w.price, w.noNeed, w.other),
          },
        ],
        jumps: [jump("why", "o1", "price")],
        next: "bye",
      },
      { id: "sold", title: w.sold, text: w.byeText, end: { disposition: w.soldResult } },
      {
        id: "later",
        title: w.later,
        text: w.laterText,
        end: { complete: false, disposition: w.callbackResult, callbackMinutes: 1440 },
      },
      {
        id: "price",
        title: w.price,
        text: w.byeText,
        end: { disposition: w.priceResult, note: "{{answer.why}}" },
      },
      {
        id: "bye",
        title: w.bye,
        text: w.byeText,
        end: { disposition: w.doneResult, note: "{{answer.why}}" },
      },
    ],
  });
}

function survey(w: Words): ScriptDocument {
  return scriptDocument.parse({
    start: "hello",
    freeJump: false,
    pages: [
      {
        id: "hello",
        title: w.hello,
        text: w.helloText,
        questions: [
          { key: "time", type: "single", label: w.time, required: true, options: choices(w.yes, w.no) },
        ],
        jumps: [jump("time", "o2", "later")],
        next: "rate",
      },
      {
        id: "rate",
        title: w.recommend,
        questions: [
          { key: "nps", type: "nps", label: w.recommend, required: true },
          { key: "speed", type: "scale", label: w.speed, min: 1, max: 5, minLabel: w.poor, maxLabel: w.good },
          {
            key: "aspects",
            type: "matrix",
            label: w.aspects,
            rows: choices(w.service, w.claims),
            options: choices(w.good, w.fair, w.poor),
          },
        ],
        jumps: [jump("nps", "6", "better", "at-most")],
        next: "bye",
      },
      {
        id: "better",
        title: w.better,
        questions: [{ key: "better", type: "text", label: w.better }],
        next: "bye",
      },
      { id: "bye", title: w.bye, text: w.byeText, end: { note: "NPS {{answer.nps}}" } },
      {
        id: "later",
        title: w.later,
        text: w.laterText,
        end: { complete: false, disposition: w.callbackResult, callbackMinutes: 1440 },
      },
    ],
  });
}

/** A script and a questionnaire in both languages, published; those in Chinese are for the campaigns, as their lists are. */
export async function seedScripts(
  tx: Tx,
  userId: number | null,
  at: Date,
): Promise<{ script: number; questionnaire: number }> {
  const add = async (kind: ScriptKind, name: string, document: ScriptDocument) => {
    const id = await createScript(tx, { name, kind, document }, userId);
    await publishScript(tx, id, { note: "", userId, at });
    return id;
  };
  await add("script", words.en.script, renewal(words.en));
  await add("questionnaire", words.en.survey, survey(words.en));
  return {
    script: await add("script", words.zh.script, renewal(words.zh)),
    questionnaire: await add("questionnaire", words.zh.survey, survey(words.zh)),
  };
}
