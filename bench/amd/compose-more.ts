/** More forms of sentences for tuning: prompts of networks as they are usually worded, and people in haste. */
import type { Kind } from "./texts.ts";

type Forms = readonly (readonly (readonly string[])[])[];
type More = Readonly<Record<"zh" | "en", Partial<Record<Kind, Forms>>>>;

const zhGreeting = ["您好，", "你好，", "您好！", "", "对不起，", "抱歉，", "温馨提示，", "尊敬的用户，"];
const zhWho = [
  "您拨打的用户",
  "您所拨打的电话",
  "您拨叫的号码",
  "您呼叫的客户",
  "对方",
  "机主",
  "该客户",
  "本机用户",
];
const zhState = [
  "正在通话中",
  "已关机",
  "不在服务区",
  "暂时无法接通",
  "已停机",
  "是空号",
  "无人接听",
  "正忙",
  "暂停服务",
  "已设置来电拒接",
  "没有应答",
  "开启了免打扰",
];
const zhNext = [
  "请稍后再拨",
  "请不要挂机",
  "请核对后再拨",
  "我们将短信通知机主",
  "请于提示音后留言",
  "请在嘟声后留言",
  "语音留言请按一",
  "挂机后将发送来电提醒",
  "请留下口信",
  "请用其他方式联系",
  "请记录您的留言",
  "录音将在三秒后开始",
];
const digits = ["一二三四", "八六零一", "五五七二", "九三零三", "零二一六", "七八九四"];
const zhDo = [
  "咨询业务请按一",
  "查询余额请按一",
  "挂失请按二",
  "预约挂号请按一",
  "投诉请按九",
  "人工坐席请按零",
  "英文服务请按二",
  "请输入分机号",
  "请输入您的卡号",
  "订单查询请按三",
  "加盟合作请按四",
];
const zhPlaces = [
  "人民银行",
  "康达药房",
  "教育咨询中心",
  "税务服务热线",
  "社保中心",
  "顺达快递",
  "海天酒店",
  "新东城物业",
  "航空公司客服",
  "供电服务热线",
  "自来水公司",
  "家政服务公司",
];
const enOpen = [
  "",
  "Hello. ",
  "Hi. ",
  "Sorry. ",
  "We're sorry. ",
  "Welcome. ",
  "Please note, ",
  "At this time ",
];
const enWho = [
  "the mobile number you have called",
  "your party",
  "the Verizon customer",
  "the number you are trying to reach",
  "the cellular customer you have called",
  "the caller you wish to speak to",
  "this extension",
  "the Vodafone customer",
  "your correspondent",
];
const enState = [
  "is switched off",
  "is out of the service area",
  "has been disconnected or changed",
  "is currently unavailable",
  "is busy at the moment",
  "does not answer",
  "has a voice mailbox that has not been set up yet",
  "has call restrictions",
  "is temporarily out of service",
];
const enNext = [
  "Please try your call again.",
  "Please leave your message after the tone.",
  "Please record your message. When you have finished, hang up, or press pound for more options.",
  "To page this person, press five.",
  "Your call is being transferred to voice mail.",
  "To send a text, press one.",
  "Goodbye.",
  "Announcement twelve.",
  "If you feel you have reached this recording in error, check the number.",
];
const enPlaces = [
  "First National",
  "Apex Airlines",
  "Doctor Wilson's practice",
  "Bright Energy",
  "the county clerk",
  "Fresh Market",
  "Union Health",
  "Lake View Apartments",
  "Swift Couriers",
  "Star Cinema",
];
const enPeople = [
  "Tom",
  "Jessica",
  "Alan",
  "Maria",
  "Paul",
  "Helen",
  "Frank",
  "Wendy",
  "the Andersons",
  "Amy",
];

export const more: More = {
  zh: {
    question: [
      [
        ["喂？", "喂，", "哎你好，", "诶，", "嗯，", "你好，"],
        ["哪位啊？", "有什么事？", "你说。", "找哪位？", "你谁啊？", "啥事？", "我是，您讲。", "干嘛的？"],
      ],
    ],
    long: [
      [
        ["喂，", "喂喂，", "哎，", "啊，", "嗯，你好，", "喂你好，"],
        [
          "我正在上班，",
          "刚起来，",
          "我没带眼镜，",
          "这个号是我的，",
          "是不是快递？",
          "我手机快没电了，",
          "等等，",
        ],
        [
          "你有什么事快点讲。",
          "放门口就行了。",
          "你是谁呀？",
          "过十分钟再打。",
          "你哪个单位的？",
          "好，你说吧。",
        ],
      ],
      [
        ["喂，", "哎，"],
        ["老王啊，", "小陈吗，", "妈，", "师傅，"],
        ["我马上就到了，你再等我五分钟。", "你怎么才打来呀，我都等半天了。", "刚才那个事情怎么样了？"],
      ],
    ],
    business: [
      [
        ["您好，", "喂，您好，", "你好，", ""],
        zhPlaces,
        ["，请问您有什么需要？", "，您请说。", "，为您服务。", "。"],
      ],
      [
        ["您好，", ""],
        ["总机", "售后部", "采购部", "教务处", "收发室", "办公室", "值班室"],
        ["。", "，您讲。", "，找谁？"],
      ],
    ],
    carrier: [
      [zhGreeting, zhWho, zhState, ["，"], zhNext, ["，"], zhNext, ["。"]],
      [
        ["您已进入", "欢迎进入", "现在为您转接", "这里是"],
        ["语音信箱", "留言信箱", "秘书台", "来电助理录音", "全时通留言"],
        ["，"],
        zhNext,
        ["。"],
      ],
      [["您好，这里是", "用户"], digits, ["的语音信箱，", "正忙，", "无法接听，"], zhNext, ["。"]],
    ],
    personal: [
      [
        ["嘿，", "喂你好，", "您好，", "亲爱的朋友，", ""],
        ["我现在没空，", "我正在上课，", "我去旅行了，", "手机不在手上，", "我在忙，", "这个电话没人接，"],
        [
          "有事微信联系。",
          "听到嘀一声就说吧。",
          "请你留言给我。",
          "晚点打给你。",
          "急事找我同事。",
          "留下电话就好。",
        ],
      ],
    ],
    unreachable: [
      [zhGreeting, zhWho, zhState, ["，"], zhNext, ["。"]],
      [
        ["您拨的号码不正确，", "线路故障，", "国际长途未开通，", "您的余额不足，"],
        ["请查证后再拨。", "请联系客服。", "请稍后重试。"],
      ],
    ],
    full: [[zhGreeting, zhWho, ["的信箱已满，", "的留言已达上限，"], zhNext, ["。"]]],
    menu: [
      [
        ["欢迎拨打", "您好，欢迎致电", "感谢您致电", "您好，", "这里是"],
        zhPlaces,
        ["，", "！"],
        zhDo,
        ["，"],
        zhDo,
        ["。"],
      ],
      [
        ["当前排队人数较多，", "现在坐席全忙，", "正在为您转接，", "为了提升服务质量，"],
        ["请耐心等候。", "通话将被录音。", "请稍候。"],
      ],
    ],
    screener: [
      [
        ["您好，", "喂，", "你好，", "哈喽，"],
        ["我是智能语音助手", "我是机主的接听助理", "这里是来电秘书", "我替他接电话", "现在由助手为您接听"],
        ["，", "，他不方便，"],
        [
          "请问您贵姓？",
          "请问您是快递还是外卖？",
          "您可以把事情告诉我。",
          "请说明来电原因。",
          "请讲，我来记录。",
        ],
      ],
      [
        ["您好，机主现在不方便，", "您好，对方正在开会，"],
        ["请问有什么可以转达？", "您是哪位？", "请您说一下什么事。"],
      ],
    ],
  },
  en: {
    question: [
      [
        ["Hello? ", "Yeah, ", "Yes? ", "Hi, ", "Hey, "],
        [
          "who's this?",
          "who am I talking to?",
          "what can I do for you?",
          "yes it is.",
          "this is she.",
          "how can I help?",
          "what's going on?",
        ],
      ],
      [["Hello, this is ", "Yes, ", "Hi, "], enPeople, [".", ", who's calling?", " speaking, hello."]],
    ],
    long: [
      [
        ["Hello? ", "Yeah? ", "Hi, ", "Hey, ", "Uh, hello, "],
        [
          "I just got off work, ",
          "I'm making lunch right now, ",
          "are you the delivery guy? ",
          "hold on, my phone is dying, ",
          "I was about to call you, ",
          "sorry, it's noisy here, ",
          "no, this is his son, ",
        ],
        [
          "can you tell me what this is about?",
          "just leave it at the door.",
          "you'll have to speak louder.",
          "who did you say you were?",
          "call me in ten minutes, all right?",
        ],
      ],
    ],
    business: [
      [
        ["", "Good morning, ", "Hello, ", "Thanks for calling "],
        enPlaces,
        [".", ", how can I help you?", ", one second please."],
      ],
      [
        [
          "Service desk",
          "Shipping",
          "Billing",
          "Security",
          "Main office",
          "Kitchen",
          "Room service",
          "Repairs",
        ],
        [", ", ". This is ", " speaking, "],
        enPeople,
        ["."],
      ],
    ],
    carrier: [
      [enOpen, enWho, [" "], enState, [". "], enNext, [" "], enNext],
      [
        [
          "You have reached the voice mailbox of ",
          "Please leave a message for ",
          "The mailbox belonging to ",
        ],
        enPeople,
        [". ", " is unavailable. "],
        enNext,
      ],
      [
        ["At the tone, ", "After the beep, ", "When you hear the tone, "],
        ["please record your message. ", "leave your name and number. ", "start speaking. "],
        enNext,
      ],
    ],
    personal: [
      [
        ["Hi, ", "Hey there, ", "Hello, ", "What's up, ", "Yo, ", ""],
        ["you've got ", "it's ", "this is ", "you've called "],
        enPeople,
        [". ", " and I'm not here. ", ", I'm on the other line. ", ", I'm at work. ", ", I never pick up. "],
        [
          "Leave me a voicemail.",
          "Just text me.",
          "Do your thing at the beep.",
          "I'll ring you when I can.",
          "Thanks, bye.",
          "Have a great day.",
        ],
      ],
    ],
    unreachable: [
      [enOpen, enWho, [" "], enState, [". "], enNext],
      [
        [
          "Your call did not go through. ",
          "Your call cannot be completed at this time. ",
          "Network difficulties. ",
        ],
        enNext,
      ],
    ],
    full: [[enOpen, enWho, [" has a full mailbox. ", " cannot take more messages. "], enNext]],
    menu: [
      [
        ["Thanks for calling ", "Hello and welcome to ", "You've reached ", "Welcome to "],
        enPlaces,
        [". "],
        [
          "Please listen carefully as our menu has changed. ",
          "Calls are recorded for training. ",
          "If this is an emergency, hang up and dial nine one one. ",
          "Press or say one for billing. ",
          "Para español, oprima dos. ",
          "We are closed today. ",
        ],
      ],
    ],
    screener: [
      [
        ["Hi, ", "Hello, ", "", "Good day, "],
        [
          "I'm an assistant recording this call",
          "you've reached a screening service",
          "this is the call assistant of the person you dialed",
          "the person you're calling doesn't know this number",
          "I answer unknown calls",
        ],
        [". ", ", "],
        [
          "Say who you are and what you want.",
          "May I have your name?",
          "Why are you calling today?",
          "State your business after the tone.",
          "please tell me your name and company.",
        ],
      ],
    ],
  },
};
