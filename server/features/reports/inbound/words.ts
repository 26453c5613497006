import type { Language } from "../../../../shared/common.ts";
import type { BoxFigure, FlowFigure, QueueFigure } from "../../../../shared/inbound-reports.ts";

/** Words of exported files; they leave the house, so they come from the server and not from the page. */
interface Words {
  queues: string;
  flows: string;
  boxes: string;
  queue: string;
  flow: string;
  box: string;
  begins: string;
  day: string;
  all: string;
  level: string;
  containment: string;
  meanWait: string;
  longestWait: string;
  handleTime: string;
  meanTime: string;
  untilHeard: string;
  longestUntilHeard: string;
  queueFigure: Record<QueueFigure, string>;
  flowFigure: Record<FlowFigure, string>;
  boxFigure: Record<BoxFigure, string>;
}

export const inboundWords: Record<Language, Words> = {
  en: {
    queues: "Queues",
    flows: "IVR",
    boxes: "Voicemail",
    queue: "Queue",
    flow: "Flow",
    box: "Box",
    begins: "From",
    day: "Day",
    all: "All days",
    level: "Service level",
    containment: "Containment",
    meanWait: "Mean wait (s)",
    longestWait: "Longest wait (s)",
    handleTime: "Handle time (s)",
    meanTime: "Mean time in the flow (s)",
    untilHeard: "Mean time until heard (s)",
    longestUntilHeard: "Longest time until heard (s)",
    queueFigure: {
      offered: "Came",
      answered: "Answered",
      "in-time": "Answered in time",
      late: "Answered late",
      abandoned: "Abandoned",
      "abandoned-5": "Abandoned ≤ 5 s",
      "abandoned-15": "Abandoned 5–15 s",
      "abandoned-30": "Abandoned 15–30 s",
      "abandoned-60": "Abandoned 30–60 s",
      "abandoned-more": "Abandoned > 60 s",
      overflowed: "Overflowed",
      "to-queue": "To a queue",
      "to-voicemail": "To voicemail",
      "to-number": "To a number",
      "to-flow": "Back to the flow",
      "place-kept": "Place kept",
      "called-back": "Called back",
      "place-open": "To be called back",
      "place-expired": "Call-back expired",
      "place-lost": "Call-back failed",
      "turned-away": "Turned away",
      lost: "Lost",
    },
    flowFigure: {
      entered: "Came",
      finished: "Finished",
      "hung-up": "Hung up in the flow",
      contained: "Contained",
      people: "Taken by a person",
      "gave-up": "Gave up waiting",
      voicemail: "To voicemail",
      returned: "Back to the flow around",
      broken: "Broken off",
      verified: "Verified",
      "not-verified": "Not verified",
    },
    boxFigure: { left: "Left", heard: "Heard", unheard: "Not heard", returned: "Called back" },
  },
  zh: {
    queues: "队列",
    flows: "语音导航",
    boxes: "语音留言",
    queue: "队列",
    flow: "流程",
    box: "信箱",
    begins: "开始",
    day: "日期",
    all: "全部日期",
    level: "服务水平",
    containment: "自助完成率",
    meanWait: "平均等待（秒）",
    longestWait: "最长等待（秒）",
    handleTime: "平均处理时长（秒）",
    meanTime: "流程内平均时长（秒）",
    untilHeard: "平均多久被收听（秒）",
    longestUntilHeard: "最久才被收听（秒）",
    queueFigure: {
      offered: "进入",
      answered: "接听",
      "in-time": "按时接听",
      late: "超时接听",
      abandoned: "放弃",
      "abandoned-5": "5 秒内放弃",
      "abandoned-15": "5–15 秒放弃",
      "abandoned-30": "15–30 秒放弃",
      "abandoned-60": "30–60 秒放弃",
      "abandoned-more": "60 秒后放弃",
      overflowed: "溢出",
      "to-queue": "转其他队列",
      "to-voicemail": "转留言",
      "to-number": "转外部号码",
      "to-flow": "返回流程",
      "place-kept": "保留位置",
      "called-back": "已回呼",
      "place-open": "待回呼",
      "place-expired": "回呼过期",
      "place-lost": "回呼未成",
      "turned-away": "未接纳",
      lost: "丢失",
    },
    flowFigure: {
      entered: "进入",
      finished: "走完流程",
      "hung-up": "流程中挂断",
      contained: "自助完成",
      people: "人工接听",
      "gave-up": "等待人工时放弃",
      voicemail: "转留言",
      returned: "返回上级流程",
      broken: "中断",
      verified: "通过验证",
      "not-verified": "未通过验证",
    },
    boxFigure: { left: "留言", heard: "已听", unheard: "未听", returned: "已回电" },
  },
};
