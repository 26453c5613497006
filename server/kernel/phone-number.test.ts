import assert from "node:assert/strict";
import { test } from "node:test";
import { type CountryCode, getCountries, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { isTimeZone } from "../../shared/hours.ts";
import { kindOfNumber, parsePhone } from "./phone-number.ts";
import { zoneOf, zoneOfCountry } from "./phone-zone.ts";
import { seededRandom } from "./random.ts";

function byLibrary(text: string, country: string): string | undefined {
  const number = parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode, extract: false });
  return number?.isValid() ? number.number : undefined;
}

const check = (numbers: string[], dresses: ((n: string) => string)[], country: string) => {
  for (const number of numbers)
    for (const wear of dresses) {
      const text = wear(number);
      assert.equal(parsePhone(text, country)?.e164, byLibrary(text, country), `${text} in ${country}`);
    }
};
const read = (text: string, country = "CN") => parsePhone(text, country)?.e164;
const zone = (text: string, country: string) => parsePhone(text, country)?.timeZone;

test("the fast path says what the library says, over every beginning of a Chinese or American number", () => {
  const random = seededRandom(7);
  const tail = (n: number) =>
    Math.floor(random.next() * 10 ** n)
      .toString()
      .padStart(n, "0");
  const chinese = Array.from({ length: 1000 }, (_, i) => `1${String(i).padStart(3, "0")}${tail(7)}`);
  const american = Array.from({ length: 1000 }, (_, i) => `${String(i).padStart(3, "0")}${tail(7)}`);
  const american2 = Array.from({ length: 1000 }, (_, i) => `212${String(i).padStart(3, "0")}${tail(4)}`);
  const dress = [
    (n: string) => n,
    (n: string) => `${n.slice(0, 3)}-${n.slice(3, 7)} ${n.slice(7)}`,
    (n: string) => n.slice(0, -1),
    (n: string) => `${n}1`,
  ];
  const chineseDress = [
    ...dress,
    (n: string) => `+86${n}`,
    (n: string) => `0086 ${n}`,
    (n: string) => `86${n}`,
  ];
  const americanDress = [
    ...dress,
    (n: string) => `+1 (${n.slice(0, 3)}) ${n.slice(3)}`,
    (n: string) => `1${n}`,
  ];
  check(chinese, chineseDress, "CN");
  check(american, americanDress, "US");
  check(american2, americanDress, "US");
  for (const national of [...american, ...american2]) {
    const number = parsePhoneNumberFromString(`+1${national}`);
    const byPlan = ["MOBILE", "FIXED_LINE_OR_MOBILE"].includes(number?.getType() ?? "");
    if (number?.country === "US" && number.isValid())
      assert.equal(kindOfNumber(`+1${national}`) === "mobile", byPlan, national);
  }
});

test("numbers as people write them", () => {
  assert.equal(read("010-8888 6666"), "+861088886666");
  assert.equal(read("１３８００１３８０００"), "+8613800138000");
  assert.equal(read("+44 20 7946 0018"), "+442079460018");
  assert.equal(read("0171 1234567", "DE"), "+491711234567");
  for (const nonsense of [
    "",
    "-",
    "1.38E+10",
    "1380013800",
    "<b>",
    "'; drop table leads;--",
    "13".repeat(40),
  ])
    assert.equal(read(nonsense), undefined, nonsense);
});

test("a number's zone is its area's where a country spans several, else its country's", () => {
  assert.equal(zone("13800138000", "CN"), "Asia/Shanghai");
  assert.equal(zone("(212) 555-0123", "US"), "America/New_York");
  assert.equal(zone("415 555 0123", "US"), "America/Los_Angeles");
  assert.equal(zone("602 555 0123", "US"), "America/Phoenix");
  assert.equal(zone("604 555 0123", "US"), "America/Vancouver");
  assert.equal(zone("08 9221 2345", "AU"), "Australia/Perth");
  assert.equal(zone("08 8923 4567", "AU"), "Australia/Darwin");
  assert.equal(zone("+7 423 222 22 22", "CN"), "Asia/Vladivostok");
  assert.equal(zone("+55 92 3234 5678", "CN"), "America/Manaus");
  assert.equal(zone("+1 800 555 0123", "US"), "America/New_York");
  assert.equal(zoneOf("AU", "899999999"), "Australia/Perth");
});

test("every country of the numbering plan has a zone that the platform knows", () => {
  for (const country of getCountries()) {
    const zone = zoneOfCountry(country);
    assert.notEqual(zone, "UTC", country);
    assert.ok(isTimeZone(zone), `${country}: ${zone}`);
  }
});
