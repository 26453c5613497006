import { type ScriptDocument, scriptDocument } from "../../shared/scripts.ts";

/** A questionnaire of four pages that branches by its first answer, in words that tests look for. */
export const survey: ScriptDocument = scriptDocument.parse({
  start: "hello",
  freeJump: false,
  pages: [
    {
      id: "hello",
      title: "开场",
      text: "您好 {{lead.name|女士}}，我是{{agent.name}}。",
      questions: [
        {
          key: "time",
          type: "single",
          label: "现在方便吗？",
          required: true,
          options: [
            { key: "yes", label: "方便" },
            { key: "no", label: "不方便" },
          ],
        },
      ],
      jumps: [{ when: { tests: [{ key: "time", op: "is", value: "no" }] }, to: "later" }],
      next: "rate",
    },
    {
      id: "rate",
      title: "评分",
      questions: [
        { key: "nps", type: "nps", label: "您会推荐我们吗？", required: true },
        { key: "why", type: "text", label: "为什么？" },
      ],
      next: "thanks",
    },
    {
      id: "thanks",
      title: "结束",
      text: "谢谢",
      end: { disposition: "sold", note: "评分 {{answer.nps}}" },
    },
    {
      id: "later",
      title: "改期",
      text: "再见",
      end: { complete: false, disposition: "later", callbackMinutes: 60 },
    },
  ],
});
