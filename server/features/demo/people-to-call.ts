import { seededRandom } from "../../kernel/random.ts";

/** One row of the demonstration list. The numbers reach nobody: they are dialled on the simulated carrier alone. */
export interface DemoLead {
  name: string;
  phone: string;
  city: string;
  product: string;
  due: string;
}

const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
const givenNames = [
  "伟",
  "芳",
  "娜",
  "敏",
  "静",
  "丽",
  "强",
  "磊",
  "军",
  "洋",
  "勇",
  "艳",
  "杰",
  "涛",
  "明",
  "超",
  "秀英",
  "建华",
  "志强",
  "雪梅",
];
const cities = ["北京", "上海", "广州", "深圳", "成都", "杭州", "武汉", "西安", "南京", "重庆"];
const products = ["车险", "家财险", "医疗险", "意外险"];

/** The same people at every call: numbers are +86 199 0000 0001 and following, without those of a forced behaviour. */
export function peopleToCall(count: number): DemoLead[] {
  return somePeople(20_260_105, count, (number) => `+861990000${String(number).padStart(4, "0")}`);
}

/** People who listen to a message at the carrier: most press a key, some hang up, some do nothing. */
export function peopleWhoListen(count: number): DemoLead[] {
  const endings = [14, 15, 16, 17, 18];
  return somePeople(20_260_106, count, (number) => {
    return `+861990010${String(number).padStart(2, "0").slice(-2)}${endings[number % endings.length]}`;
  });
}

function somePeople(seed: number, count: number, phoneOf: (number: number) => string): DemoLead[] {
  const random = seededRandom(seed);
  const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(random.next() * from.length)]!;
  const people: DemoLead[] = [];
  for (let number = 10; people.length < count; number++) {
    // The last digits 00 to 18 force the carrier's behaviour; here its population decides.
    if (number % 100 < 20) continue;
    const day = 1 + Math.floor(random.next() * 28);
    people.push({
      name: pick(surnames) + pick(givenNames),
      phone: phoneOf(number),
      city: pick(cities),
      product: pick(products),
      due: `2027-0${1 + Math.floor(random.next() * 6)}-${String(day).padStart(2, "0")}`,
    });
  }
  return people;
}
