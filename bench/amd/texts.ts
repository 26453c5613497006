/**
 * What is said when a call is answered. `tuning` texts and voices make the model and its thresholds, `development`
 * ones show how they do; `acceptance` ones (texts-acceptance.ts) are looked at once. `|` is a pause in which the other
 * side is waited for.
 */
import { acceptance } from "./texts-acceptance.ts";

export type Kind =
  | "short"
  | "two-part"
  | "question"
  | "long"
  | "business"
  | "carrier"
  | "personal"
  | "unreachable"
  | "full"
  | "menu"
  | "screener";
export type Part = "tuning" | "development" | "acceptance";
export type Lines = Readonly<Record<Kind, readonly string[]>>;

const zhTuning: Lines = {
  short: [
    "喂？",
    "喂，你好。",
    "你好。",
    "喂，您好。",
    "喂！",
    "哎，你好。",
    "嗯？",
    "喂喂。",
    "你好？",
    "哎。",
  ],
  "two-part": [
    "喂？|喂？",
    "喂。|你好，哪位？",
    "喂，你好。|说话呀。",
    "喂？|听得到吗？",
    "你好。|喂？|喂？",
  ],
  question: [
    "喂，你好，请问哪位？",
    "喂，谁呀？",
    "你好，你找谁？",
    "喂，什么事？",
    "哎，你说。",
    "喂，哪里？",
  ],
  long: [
    "喂，你好，哪位呀，我这边有点吵，你大点声。",
    "喂，你好你好，不好意思刚才没听见，你说。",
    "喂，哪里啊，我现在在外面，你讲快一点。",
    "喂？喂？听得见吗？我这儿信号不太好。",
  ],
  business: [
    "您好，华信物业。",
    "你好，前台，请讲。",
    "您好，阳光口腔，请问有什么可以帮您？",
    "你好，我是财务部小李。",
    "您好，这里是东城派出所。",
    "喂，你好，我是王建国。",
    "您好，大明汽修，哪位？",
    "你好，三号店，请说。",
  ],
  carrier: [
    "您好，您拨打的用户暂时无法接听您的电话，请在滴声后留言，留言结束后请挂机。",
    "您所拨打的电话已转入语音信箱，请在听到提示音后留言。",
    "您好，机主暂时不方便接听电话，请在提示音后留下您的口信。",
    "欢迎使用中国移动语音信箱，请在滴声后开始录音，按井号键结束。",
    "您好，请在嘀声后留言，我们会尽快通知机主。",
  ],
  personal: [
    "你好，我是张伟，我现在不能接电话，请留言，我会尽快给你回电话。",
    "您好，这是李娜的语音信箱，请留下您的姓名和电话。",
    "我现在正在开会，有事请留言，谢谢。",
    "您好，我现在不方便接听电话，请在提示音后留言，我会尽快和您联系。",
    "你好，家里现在没有人，有急事请打我的手机。",
  ],
  unreachable: [
    "您好，您拨打的用户暂时无法接听，请稍后再拨。",
    "对不起，您拨打的电话正在通话中，请稍后再拨。",
    "您拨打的号码暂时无法接通，请稍后再拨。",
    "您好，您所拨打的用户已启用来电提醒服务，我们将以短信通知对方。",
  ],
  full: ["对不起，该用户的语音信箱已满，请稍后再拨。", "您好，信箱容量已满，无法为您录音。"],
  menu: [
    "欢迎致电华信银行，普通话服务请按一，英语服务请按二。",
    "您好，欢迎拨打客户服务热线，为保证服务质量，您的通话将被录音。",
    "感谢您的来电，我们的营业时间是周一至周五上午九点到下午六点。",
  ],
  screener: [
    "您好，我是机主的智能秘书，请问您找他有什么事？",
    "您好，这里是智能助理，机主现在不方便接听，请问您是哪位？",
    "您好，我是来电助手，请说明您的姓名和来意。",
    "你好，我是手机助理，您有什么事情需要我转达吗？",
  ],
};

const zhDevelopment: Lines = {
  short: ["喂，哎。", "喂，你好啊。", "诶，你好。", "喂，哪位？", "您好。", "嗯，喂？", "在呢。"],
  "two-part": ["喂？|哪位？", "你好。|喂，说话。", "喂。|喂，听见了吗？", "喂？|谁呀？|喂？"],
  question: ["喂，您是哪位？", "你好，有什么事吗？", "喂，您找哪一位？", "哎，谁啊？", "喂，你说吧。"],
  long: [
    "喂，你好，我在开车呢，你有什么事快说。",
    "喂，哎，等一下啊，我换个地方，好了你说。",
    "你好，我是她妈妈，她去上班了，你哪位？",
  ],
  business: [
    "您好，安居房产，请讲。",
    "你好，市场部陈静。",
    "喂，您好，这里是康复医院，请问找谁？",
    "您好，我是刘师傅。",
    "你好，顺风快递，您请说。",
    "您好，宏达律师事务所。",
  ],
  carrier: [
    "您好，您呼叫的用户无法应答，请您在哔声之后留言。",
    "这里是语音留言服务，机主暂时没有接听，请在信号音后说话。",
    "电话已为您转接到留言信箱，请开始录制留言，完成后挂断即可。",
    "您好，主人不在，请于提示音响后留下讯息。",
  ],
  personal: [
    "嗨，我是周杰，没接到你的电话，留个话吧，回头打给你。",
    "您好，我是吴芳，目前在外地出差，麻烦您留言或者发短信给我。",
    "不好意思，现在接不了电话，请您稍后再打过来。",
    "你好，这里是赵家，我们出去了，请在哔一声以后讲话。",
  ],
  unreachable: [
    "很抱歉，您呼叫的号码不在服务区，请过一会儿再试。",
    "您拨叫的用户正忙，已为您发送来电提示。",
    "用户没有应答，请不要挂机，正在为您转接。",
  ],
  full: ["很抱歉，留言空间不足，请改用其他方式联系。", "该信箱不能再接收新的留言，再见。"],
  menu: [
    "您好，这里是光明保险，业务咨询请按一，理赔报案请按二，人工服务请按零。",
    "欢迎您致电市民热线，当前话务繁忙，请耐心等待。",
    "谢谢来电，现在是非工作时间，请您于明天上午再拨。",
  ],
  screener: [
    "您好，我是机主的小助手，他正在忙，请问您哪里找？",
    "喂，您好，我是他的人工智能代接员，请告诉我您的称呼和目的。",
    "您好，主人开启了智能接听，请简单说一下您有什么事。",
  ],
};

const enTuning: Lines = {
  short: [
    "Hello?",
    "Hello.",
    "Yes?",
    "Hi.",
    "Hello, hello?",
    "Yeah?",
    "Hey.",
    "Yes, hello?",
    "Good morning.",
    "Speaking.",
  ],
  "two-part": [
    "Hello?|Hello?",
    "Hello.|Who is this?",
    "Yeah?|Hello?",
    "Hi.|Can you hear me?",
    "Hello?|Hello?|Anybody there?",
  ],
  question: [
    "Hello, who is this?",
    "Yes, who's calling?",
    "Hello, this is John.",
    "Hi, what's up?",
    "Hello, can I help you?",
    "Yeah, speaking.",
  ],
  long: [
    "Hello? Hello, hang on a second, it's loud in here. Okay, who's this?",
    "Hello, hi, sorry, I was in the kitchen, what can I do for you?",
    "Yeah hello, I'm driving right now, what do you need?",
    "Hello? Can you hear me? You're breaking up, say that again.",
  ],
  business: [
    "Acme Dental, this is Kim speaking.",
    "Good morning, Harbor Insurance, how can I help?",
    "Front desk, Maria speaking.",
    "Thank you for calling Bella's, this is Tom.",
    "Sales, Jeff here.",
    "Riverside Garage, hello.",
    "Smith residence.",
    "Hello, this is Doctor Green's office.",
  ],
  carrier: [
    "Your call has been forwarded to an automatic voice message system. The person you are calling is not available. At the tone, please record your message.",
    "The subscriber you have dialed is not available. Please leave a message after the tone.",
    "You have reached the voice mailbox of five five five, one two three four. Please leave a message after the beep.",
    "The person you are trying to reach is not accepting calls at this time. Please leave your message.",
    "Please leave your message for the following number.",
  ],
  personal: [
    "Hi, this is Sarah. I can't come to the phone right now, so please leave a message and I'll call you back.",
    "Hello, you've reached Mike. Leave a message.",
    "Hey, sorry I missed you. Leave your name and number and I'll get back to you as soon as I can.",
    "You've reached the Johnsons. We're not home. Please leave a message after the beep.",
    "Hi, it's Dave, you know what to do.",
  ],
  unreachable: [
    "The number you have dialed is not in service. Please check the number and dial again.",
    "We're sorry, your call cannot be completed as dialed.",
    "Sorry, the subscriber you dialed cannot be connected for the moment. Please redial later.",
    "The mobile customer you are calling is unavailable.",
  ],
  full: [
    "The mailbox is full and cannot accept any messages at this time. Goodbye.",
    "Sorry, this voice mailbox is full.",
  ],
  menu: [
    "Thank you for calling Northern Bank. For English, press one. For Spanish, press two.",
    "Welcome to customer care. This call may be recorded for quality purposes.",
    "Our office is currently closed. Our business hours are nine to five, Monday through Friday.",
  ],
  screener: [
    "Hi, the person you're calling is using a screening service from Google and will get a copy of this conversation. Go ahead and say your name and why you're calling.",
    "Hi, if you record your name and reason for calling, I'll see if this person is available.",
    "Hello, please state your name and why you are calling.",
    "This call is being screened. Please say who is calling after the tone.",
  ],
};

const enDevelopment: Lines = {
  short: ["Hello there.", "Hi, hello?", "Yep.", "Hello, yes?", "Hiya.", "Good afternoon.", "Evening."],
  "two-part": [
    "Hello?|Who's there?",
    "Yes.|Hello, yes?",
    "Hi?|I can't hear you.",
    "Hello.|Hello?|Who is it?",
  ],
  question: [
    "Hello, who am I speaking to?",
    "Yes, this is Anna.",
    "Hi, who's that?",
    "Hello, what do you want?",
    "Yeah, what is it?",
  ],
  long: [
    "Hi, hold on, let me put the kids down. Alright, go ahead.",
    "Hello, this is her husband, she's out, can I tell her who called?",
    "Yes hello, sorry, I nearly missed you there, who is it?",
  ],
  business: [
    "Lakeside Pharmacy, Ben speaking.",
    "Good afternoon, Carter and Sons.",
    "Accounts department, Linda here.",
    "Hello, Oak Street Bakery, how may I help you?",
    "Reception, one moment please.",
    "Pete's Plumbing, go ahead.",
  ],
  carrier: [
    "We are unable to take your call. Record a message when you hear the signal, then hang up.",
    "Welcome to voicemail. The owner of this phone cannot answer. Please speak after the tone.",
    "The customer at extension two zero seven is away. To leave a message, wait for the beep.",
    "Sorry, there is no reply. You may now record your message.",
  ],
  personal: [
    "Hiya, Emma here, I'm either driving or asleep, so leave me a note and I'll ring you later.",
    "This is Robert Miller from the night team. I'm out until Monday. Please call the office instead.",
    "Hello and thanks for ringing. Nobody can answer just now. Speak after the bleep.",
    "Yo, it's Chris, text me.",
  ],
  unreachable: [
    "The person at this number has no coverage. Try again in a few minutes.",
    "This line has been disconnected. No further information is available.",
    "All circuits are busy now. Will you please try your call later.",
  ],
  full: [
    "No more messages can be stored for this user. Please try another time.",
    "There is no room left in this inbox. Good bye.",
  ],
  menu: [
    "Hello and welcome to Granite Mutual. If you know your party's extension, dial it at any time.",
    "You have reached city services after hours. In an emergency, hang up and call the police.",
    "Thanks for calling. All of our representatives are helping other customers.",
  ],
  screener: [
    "Hello, I am an assistant answering for the owner of this phone. Tell me what this is about and I will pass it on.",
    "The person you've reached screens unknown callers. Please give your name and the purpose of your call.",
    "Hi there, this is a call assistant. Who is calling, please?",
  ],
};

export const lines: Readonly<Record<Part, Readonly<Record<"zh" | "en", Lines>>>> = {
  tuning: { zh: zhTuning, en: enTuning },
  development: { zh: zhDevelopment, en: enDevelopment },
  acceptance,
};
