/**
 * More texts for tuning: sentences put together from parts, so that a model learns how prompts and people sound and not
 * what a few of them say. Nothing of it is in the other parts.
 */
import type { Random } from "../../server/kernel/random.ts";
import { more } from "./compose-more.ts";
import { pick } from "./shape.ts";
import type { Kind } from "./texts.ts";

type Parts = readonly (readonly string[])[];

const zhNames = [
  "张伟",
  "李娜",
  "王磊",
  "刘洋",
  "陈晨",
  "杨帆",
  "赵敏",
  "黄强",
  "周涛",
  "吴昊",
  "徐丽",
  "孙鹏",
  "马超",
  "朱琳",
];
const zhFirms = [
  "东方汽车",
  "鑫源建材",
  "好又多超市",
  "天成科技",
  "春雨幼儿园",
  "金桥宾馆",
  "仁爱诊所",
  "百川物流",
  "红星家具",
  "新世纪驾校",
  "第一中学",
  "博雅培训",
];
const zhWays = [
  "请在提示音后留言",
  "请在滴声后留言",
  "请留下您的姓名和电话号码",
  "请听到嘟声以后开始讲话",
  "请稍后再拨",
  "请发送短信联系机主",
  "请改拨其他号码",
  "录音完毕请挂机",
  "我们会以短信通知机主",
];
const zhWhy = [
  "您拨打的用户暂时无法接听",
  "您拨打的电话已关机",
  "您所拨打的号码正在通话中",
  "机主设置了呼叫转移",
  "您拨打的用户不方便接听您的电话",
  "该用户开通了语音信箱业务",
  "您拨打的电话无人接听",
  "您的来电已转接至留言系统",
];
const zhOpen = ["您好，", "对不起，", "", "尊敬的客户，您好，", "欢迎使用语音留言，", "请注意，"];
const enNames = [
  "Peter",
  "Susan",
  "James",
  "Laura",
  "Kevin",
  "Nancy",
  "Brian",
  "Rachel",
  "Steven",
  "Karen",
  "George",
  "Julia",
];
const enFirms = [
  "Hilltop Motors",
  "Sunrise Clinic",
  "Baker Street Books",
  "Delta Electric",
  "Main Street Salon",
  "Grand Hotel",
  "City Library",
  "Parker Law",
  "Evergreen Foods",
  "Metro Travel",
];
const enWays = [
  "please leave your name and number after the tone",
  "please leave a message after the beep",
  "please try again later",
  "please hang up and dial again",
  "at the tone, record your message",
  "press one to leave a callback number",
  "your message will be delivered when the phone is on",
];
const enWhy = [
  "the customer you are calling is not available",
  "the wireless subscriber cannot be reached",
  "the number you called is not answering",
  "this user has not set up a voice mailbox",
  "the person at this extension is on another call",
  "your call has been forwarded to voice mail",
  "nobody is available to take your call",
];
const enOpen = ["", "We are sorry, ", "Hello, ", "Thank you for calling, ", "Welcome, "];

const grammar: Readonly<Record<"zh" | "en", Partial<Record<Kind, readonly Parts[]>>>> = {
  zh: {
    question: [
      [
        ["喂，", "你好，", "喂，你好，", "哎，"],
        ["你是哪位？", "找谁？", "什么事啊？", "请讲。", "谁啊？", "有事吗？", "你好你好。"],
      ],
    ],
    long: [
      [
        ["喂，", "你好，", "喂，你好，", "喂？喂？", "哎，"],
        [
          "我在外面，",
          "不好意思，",
          "他刚出去，",
          "我正吃饭呢，",
          "这边太吵了，",
          "我是他爱人，",
          "刚才没听到，",
        ],
        [
          "你是哪位？",
          "有什么事你说。",
          "你再说一遍。",
          "你等会儿再打吧。",
          "你讲快点。",
          "等一下啊，好了，你说。",
        ],
      ],
    ],
    business: [
      [
        ["您好，", "你好，", "喂，您好，"],
        zhFirms,
        ["。", "，请讲。", "，请问找谁？", "，您说。", "，有什么可以帮您？"],
      ],
      [["您好，", "你好，", ""], zhFirms, ["。", "，您好。", "，哪位？"]],
      [
        ["您好，我是", "你好，这里是", "喂，我是"],
        zhNames,
        ["。", "，请问哪位？", "，您请讲。", "，什么事？"],
      ],
    ],
    carrier: [[zhOpen, zhWhy, ["，"], zhWays, ["，"], zhWays, ["。"]]],
    personal: [
      [
        ["你好，我是", "您好，这里是", "嗨，我是"],
        zhNames,
        ["，我现在", "，我正在", "，我"],
        ["不能接电话", "开会", "开车", "忙", "没带手机"],
        ["，请留言。", "，回头给你打过去。", "，有事给我发短信。", "，请在滴声后留言。"],
      ],
      [
        ["现在不方便接电话，", "我不在，", "家里没人，", "没有听到电话，"],
        ["请留言，谢谢。", "有事请留下口信。", "我会尽快回复您。"],
      ],
    ],
    unreachable: [[zhOpen, zhWhy, ["，"], zhWays, ["。"]]],
    full: [[zhOpen, ["语音信箱已满", "留言数量已达上限", "用户的信箱无法录音"], ["，"], zhWays, ["。"]]],
    menu: [
      [
        ["欢迎致电", "感谢您拨打", "您好，这里是", "您好，欢迎来电"],
        zhFirms,
        ["，"],
        [
          "中文请按一",
          "业务咨询请按二",
          "请直拨分机号",
          "人工请按零",
          "您的通话可能会被录音",
          "现在是下班时间",
        ],
        ["，"],
        ["查号请按零。", "请稍候。", "返回请按星号键。", "谢谢。"],
      ],
    ],
    screener: [
      [
        ["您好，", "你好，", "喂，您好，"],
        [
          "我是机主的语音助理",
          "我是智能来电助手",
          "这里是电话秘书",
          "我是他的助理小爱",
          "机主正在忙，我来帮他接听",
        ],
        ["，"],
        ["请问您是哪位？", "请问有什么事情？", "请说出您的来意。", "需要我帮您转告吗？", "您找他有什么事？"],
      ],
    ],
  },
  en: {
    question: [
      [
        ["Hello, ", "Hi, ", "Yes, ", "Yeah, "],
        [
          "who is it?",
          "who is calling?",
          "how are you?",
          "what is it about?",
          "speaking.",
          "can you speak up?",
        ],
      ],
    ],
    long: [
      [
        ["Hello, ", "Hi, ", "Hello? ", "Yeah, ", "Hello hello, "],
        [
          "sorry, I was outside, ",
          "hang on, let me close the door, ",
          "she's not here right now, ",
          "I'm in the car, ",
          "one moment, okay, ",
          "I didn't catch that, ",
        ],
        ["who is this?", "what do you need?", "can you call back later?", "go ahead.", "say that again?"],
      ],
    ],
    business: [
      [
        ["Good morning, ", "Hello, ", "", "Good afternoon, "],
        enFirms,
        [".", ", how can I help?", ", may I help you?", ", hold on please."],
      ],
      [["", "Hello, "], enFirms, [", this is ", ", "], enNames, [".", " speaking."]],
      [enFirms, [", good morning.", ", hello.", ", good afternoon.", "."]],
      [["This is ", "Hello, this is ", "Hi, "], enNames, [".", " here.", " speaking."]],
    ],
    carrier: [[enOpen, enWhy, [", "], enWays, [". "], enWays, ["."]]],
    personal: [
      [
        ["Hi, this is ", "Hello, you have reached ", "Hey, it's ", "You've reached the voicemail of "],
        enNames,
        [". "],
        ["I can't talk right now. ", "I'm away from my phone. ", "I'm probably in a meeting. ", ""],
        [
          "Leave a message.",
          "Please leave your name and number.",
          "I'll call you back.",
          "Talk to you soon.",
        ],
      ],
      [
        ["We can't come to the phone. ", "Nobody is home. ", "Sorry we missed you. "],
        ["Leave us a message.", "Please call again later."],
      ],
    ],
    unreachable: [[enOpen, enWhy, [", "], enWays, ["."]]],
    full: [
      [
        enOpen,
        ["this mailbox is full", "the voice mailbox has no space left", "messages cannot be recorded"],
        [", "],
        enWays,
        ["."],
      ],
    ],
    menu: [
      [
        ["Thank you for calling ", "Welcome to ", "You have reached "],
        enFirms,
        [". "],
        [
          "For sales, press one. ",
          "For service, press two. ",
          "Our offices are closed. ",
          "Your call is important to us. ",
        ],
        ["For opening hours, press three.", "Please stay on the line.", "To repeat this menu, press star."],
      ],
    ],
    screener: [
      [
        ["Hello, ", "Hi, ", "", "Thanks for calling, "],
        [
          "this is an automatic assistant",
          "the person you are calling uses call screening",
          "I am a virtual assistant",
          "your call is being screened",
        ],
        [". "],
        [
          "Please say your name and why you are calling.",
          "Who is calling?",
          "What is this call about?",
          "Can I ask who is speaking?",
        ],
      ],
    ],
  },
};

/** A sentence of this kind; undefined where the short list of `texts.ts` is all that people say. */
export function compose(random: Random, language: "zh" | "en", kind: Kind): string | undefined {
  const forms = [...(grammar[language][kind] ?? []), ...(more[language][kind] ?? [])];
  if (forms.length === 0) return undefined;
  return pick(random, forms)
    .map((choices) => pick(random, choices))
    .join("");
}
