import type { Language } from "../../../shared/common.ts";
import type { BuiltInPrompt } from "../../../shared/message-flow.ts";
import type { PromptInput } from "../../../shared/sounds.ts";

export interface PromptFacts {
  /** The company's name; empty: it has none. */
  company: string;
  /** The number that it calls from; empty: not known. */
  number: string;
  /** The key against more calls; empty: there is none. */
  key: string;
}

const texts: Record<Language, Record<BuiltInPrompt, (facts: PromptFacts) => string>> = {
  zh: {
    // Who calls, from which number, and how to stop it: what a person must hear within two seconds whom nobody
    // takes (47 CFR 64.1200(a)(7)(i)).
    abandoned: ({ company, number, key }) =>
      [
        company ? "您好，这里是{{company}}。" : "您好。",
        "刚才给您打了电话，但是坐席现在都在忙，非常抱歉。",
        number ? "我们的号码是{{number|phone}}。" : "",
        key ? "不希望再接到我们的电话，请按{{key|digits}}。" : "",
        "再见。",
      ].join(""),
    "opted-out": ({ company }) =>
      company ? "好的，{{company}}不会再给您打电话。再见。" : "好的，我们不会再给您打电话。再见。",
    "callback-noted": () => "好的，稍后会有同事给您回电。",
    "one-moment": () => "请稍等，正在为您转接。",
  },
  en: {
    abandoned: ({ company, number, key }) =>
      [
        company ? "Hello, this is {{company}}." : "Hello.",
        "We have just called you, but all of our colleagues are busy. We are sorry.",
        number ? "Our number is {{number|phone}}." : "",
        key ? "If you want no more calls from us, press {{key}} now." : "",
        "Goodbye.",
      ]
        .filter(Boolean)
        .join(" "),
    "opted-out": ({ company }) =>
      company
        ? "Thank you. {{company}} will not call you again. Goodbye."
        : "Thank you. We will not call you again. Goodbye.",
    "callback-noted": () => "Thank you. One of our colleagues will call you back.",
    "one-moment": () => "One moment please, we are putting you through.",
  },
};

/** A prompt that comes with the system, for `Sounds.play` with these facts as its variables. */
export const builtInPrompt = (
  name: BuiltInPrompt,
  language: Language,
  facts: PromptFacts,
): Pick<PromptInput, "language" | "parts"> => ({
  language,
  parts: [{ kind: "text", text: texts[language][name](facts) }],
});
