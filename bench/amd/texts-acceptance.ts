/**
 * Texts of the acceptance set. Nothing is tuned on them or on the voices that say them: `bench/amd.ts` reports them
 * with the settings as they are.
 */
import type { Lines } from "./texts.ts";

const zh: Lines = {
  short: ["喂，您好您好。", "喂？谁？", "哎，喂。", "嗯。", "你好呀。", "喂——", "是我。", "哈喽？"],
  "two-part": [
    "喂？|请说。",
    "喂。|怎么不说话？",
    "您好。|您好？",
    "嗯？|喂，听不见。",
    "喂？|喂？|挂了啊。",
  ],
  question: ["喂，你是？", "喂，您好，您是哪里？", "哪位，找我什么事？", "喂，你打错了吧？", "哎，您讲。"],
  long: [
    "喂，喂，你好，哎呀我刚才在做饭没听到，你是哪个？",
    "喂，你好，他不在家，出门买菜去了，你过会儿再打吧。",
    "你好，等一下，宝宝别闹，好，你说，什么事？",
    "喂，您好，我这会儿在地铁上，声音断断续续的，您再说一遍。",
  ],
  business: [
    "您好，蓝灯科技。",
    "早上好，蓝灯酒店前台。",
    "您好，人事部，请问哪位？",
    "你好，老地方火锅，几位？",
    "您好，这里是第三人民医院急诊。",
    "喂，保安室。",
    "您好，我是客服小周，请讲。",
    "你好，五金店，要什么？",
  ],
  carrier: [
    "机主现在无法应答，本次通话将进入留言，请在一声长音后开始。",
    "您好，已为您转入来电录音，请于嘟一声后简短说明，说完挂机。",
    "感谢使用语音留言业务，对方未能接听，请留下姓名及事由。",
    "对方手机已设置无人应答转移，听到信号后即可录音。",
  ],
  personal: [
    "哈喽，这里是小孟，我手机不在身边，有要紧事发微信。",
    "您好，我是孙经理，正在飞机上，落地之后给您回过去。",
    "朋友你好，我大概在睡觉，说两句话留着，醒了找你。",
    "您好，我们是李家，全家旅游去了，下周一回来，请留口信。",
  ],
  unreachable: [
    "您呼叫的手机已停机，请核对后再次拨打。",
    "对不起，用户所在区域信号不佳，无法建立通话。",
    "网络忙，请稍等片刻重新拨号。",
    "该号码不存在，请查证。",
  ],
  full: ["抱歉，对方留言已达上限，本次无法录音。", "用户录音空间用尽，请发送短信。"],
  menu: [
    "您好，欢迎拨打蓝灯科技，售前请按一，售后请按二，投诉建议请按三。",
    "尊敬的来宾，您好，订房请按一，会务请按二，总机请稍候。",
    "本公司节假日休息，如需帮助请访问我们的网站。",
  ],
  screener: [
    "您好，这是机主的电话管家，请问怎么称呼，找他何事？",
    "我是智能应答助手，机主听不到您说话，请把事情告诉我。",
    "您好，陌生来电需先登记，请报一下姓名和单位。",
  ],
};

const en: Lines = {
  short: [
    "Hello, hello.",
    "Hi there.",
    "Yes, hi.",
    "Morning.",
    "Hullo?",
    "Uh, hello?",
    "Yeah, hi.",
    "Who's this?",
  ],
  "two-part": [
    "Hello.|Hello, can you hear me?",
    "Hi.|Yes?",
    "Hello?|Speak up, please.",
    "Yeah.|Go on.",
    "Hello?|Hello?|I'm hanging up.",
  ],
  question: [
    "Hello, who do you want?",
    "Hi, is that the garage?",
    "Yes, Peter speaking, who's that?",
    "Hello, what's this about?",
    "Hi, sorry, who?",
  ],
  long: [
    "Hello, hello, just a minute, the dog is barking, right, who is it?",
    "Hello? Oh hi, I thought it was my sister calling back, what can I do for you?",
    "Hi, yeah, I'm just walking into a shop, can you make it quick?",
    "Hello, no, he isn't in, he won't be back till six or so.",
  ],
  business: [
    "Blue Lamp, good morning.",
    "Blue Lamp Hotel, this is Grace, how can I help you?",
    "Dispatch.",
    "Warehouse, Tony.",
    "Good morning, Saint Mary's School.",
    "Ward seven, nurse speaking.",
    "Corner Pizza, pick up or delivery?",
    "Human resources, Jane Porter.",
  ],
  carrier: [
    "The party you called did not answer. After the signal, say your message and hang up.",
    "You are being transferred to a recording service. Begin to speak when you hear the tone.",
    "No one is free to answer. You may leave word for this subscriber now.",
    "This is the messaging service for extension four one nine. Wait for the beep, then speak.",
  ],
  personal: [
    "Hi, Daniel's phone, not Daniel. Leave word and he'll get back to you, maybe.",
    "You have called Olivia Brooks. I'm on leave this week. For anything urgent, send me an e-mail.",
    "Hello, this is the Parkers' machine. Tell it who you are and what you'd like.",
    "Hey there, can't pick up, I'm up a ladder. Try me after five.",
  ],
  unreachable: [
    "The handset you have called may be switched off. Please call later.",
    "This number is barred from receiving calls.",
    "Due to congestion, we cannot connect you. Please dial again in a moment.",
    "You have dialled an incorrect number. Check the directory.",
  ],
  full: [
    "This subscriber's messages have reached their limit. Please call back another day.",
    "The recording cannot be made, as the memory is full.",
  ],
  menu: [
    "Welcome to Blue Lamp. To book a room, press one. To change a booking, press two.",
    "Hello, you're through to County Water. If you have a burst pipe, press nine now.",
    "Good day. We are experiencing a high volume of calls. Your place in the queue is four.",
  ],
  screener: [
    "Hello. Before I connect you, tell me your name and the reason for this call.",
    "This number is protected. Say who you are, and I will ask if they want to answer.",
    "Hi, I'm the digital assistant of the person you dialled. What should I tell them?",
  ],
};

export const acceptance = { zh, en };
