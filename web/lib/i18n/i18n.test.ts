import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { callOrigins, callStates, outcomes } from "../../../shared/calls.ts";
import { canaryFailures, canaryKinds } from "../../../shared/canary.ts";
import { campaignStatuses, dialModes, funnelReasons, startProblems } from "../../../shared/campaigns.ts";
import { languages } from "../../../shared/common.ts";
import { importStates } from "../../../shared/imports.ts";
import { leadStatuses } from "../../../shared/lists.ts";
import { causes } from "../../../server/switch/switch.ts";
import { permissions, roles } from "../../../shared/permissions.ts";
import { trunkTestSteps, trunkTestVerdicts } from "../../../shared/trunks.ts";

type Words = Map<string, string>;

function flatten(value: unknown, key: string, into: Words): void {
  if (typeof value === "string") into.set(key, value);
  else for (const [name, inner] of Object.entries(value as object)) flatten(inner, `${key}.${name}`, into);
}

function wordsOf(language: string): Words {
  const words: Words = new Map();
  const folder = new URL(`./${language}/`, import.meta.url);
  for (const file of globSync("**/*.json", { cwd: folder }))
    flatten(JSON.parse(readFileSync(new URL(file, folder), "utf8")), basename(file, ".json"), words);
  return words;
}

const [zh, en] = [wordsOf("zh"), wordsOf("en")];
/** English has plural forms of its own: `key_one`, `key_other` stand for `key`. */
const plain = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, "");
const keysOf = (words: Words) => [...new Set([...words.keys()].map(plain))].sort();
const sources = globSync("web/**/*.{ts,tsx}")
  .filter((path) => !path.endsWith(".test.ts"))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

const placeholders = (text: string) => [...new Set(text.match(/{{\s*\w+/g))].sort();

test("both languages have the same keys, with the same placeholders, and none is missing", () => {
  assert.deepEqual(languages.length, 2);
  assert.deepEqual(keysOf(zh), keysOf(en));
  for (const [key, text] of en) {
    const chinese = zh.get(key) ?? zh.get(plain(key)) ?? zh.get(`${plain(key)}_other`);
    assert.ok(chinese !== undefined, `${key} is missing`);
    assert.deepEqual(placeholders(chinese), placeholders(text), `${key} has other placeholders`);
  }
});

test("Chinese pages hold no English sentences and English pages no Chinese", () => {
  const foreign = [...en].filter(([, text]) => /\p{Script=Han}/u.test(text)).map(([key]) => key);
  const english = [...zh]
    .filter(([, text]) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(text))
    .map(([key]) => key);
  assert.deepEqual([...foreign, ...english], []);
});

test("every key the code names exists", () => {
  const known = new Set(keysOf(en));
  const missing: string[] = [];
  for (const { path, text } of sources) {
    for (const [, key] of text.matchAll(/\bt\(\s*"([^"]+)"/g))
      if (!known.has(key!)) missing.push(`${path}: ${key}`);
    for (const [, prefix] of text.matchAll(/\bt\(\s*`([^`$]+)\$\{/g))
      if (![...known].some((key) => key.startsWith(prefix!))) missing.push(`${path}: ${prefix}…`);
  }
  assert.deepEqual(missing, []);
});

test("every shared name that a page shows has its word", () => {
  const wanted = [
    ...outcomes.map((name) => `outcome.${name}`),
    ...causes.map((name) => `cause.${name}`),
    ...callStates.map((name) => `callState.${name}`),
    ...callOrigins.map((name) => `origin.${name}`),
    ...dialModes.flatMap((name) => [`campaigns.mode.${name}`, `desk.mode.${name}`]),
    ...campaignStatuses.map((name) => `campaigns.status.${name}`),
    ...funnelReasons.map((name) => `funnel.${name}.label`),
    ...startProblems.map((name) => `campaigns.problem.${name}`),
    ...importStates.map((name) => `imports.state.${name}`),
    ...permissions.map((name) => `permission.${name.replace(".", "-")}`),
    ...roles.map((name) => `role.${name}`),
    ...trunkTestVerdicts.map((name) => `trunks.test.verdict.${name}.title`),
    ...trunkTestSteps.map((name) => `trunks.test.step.${name}.skipped`),
    ...canaryKinds.map((name) => `health.canaryCall.kind.${name}`),
    ...canaryFailures.map((name) => `health.canaryCall.failure.${name}`),
    ...leadStatuses.map((name) => `lists.leadStatus.${name}`),
  ];
  assert.deepEqual(
    wanted.filter((key) => !en.has(key)),
    [],
  );
});

test("every error the server names has its sentence", () => {
  const missing = new Set<string>();
  for (const path of globSync("server/{kernel,features}/**/*.ts").filter(
    (name) => !name.endsWith(".test.ts"),
  ))
    for (const [, code] of readFileSync(path, "utf8").matchAll(
      /\b(?:new AppError|conflict|invalid)\(\s*"([a-z][a-z0-9-]*)"/g,
    ))
      if (!en.has(`errors.${code}`)) missing.add(`${path}: ${code}`);
  assert.deepEqual([...missing], []);
});

/** The sources that `path` loads with itself, or later on the desk. */
function loadedWith(path: string, seen = new Set<string>()): Set<string> {
  const source = sources.find((one) => one.path === path);
  if (!source || seen.has(path)) return seen;
  seen.add(path);
  for (const [, to] of source.text.matchAll(/(?:from |import\()"(\.[^"]+)"/g))
    if (path !== "web/routes.tsx") loadedWith(join(dirname(path), to!), seen);
  return seen;
}

/** A key of words, or the beginning of one: not a permission or an event of the same name. */
const isWord = (key: string) =>
  en.has(key) || (key.endsWith(".") && [...en.keys()].some((one) => one.startsWith(key)));

test("the desk and the frame around all pages need no word that comes with other pages", () => {
  const [names, english] = ["zh", "en"].map((language) =>
    globSync("*.json", { cwd: new URL(`./${language}/later/`, import.meta.url) }).map((file) =>
      basename(file, ".json"),
    ),
  );
  assert.deepEqual(names!.toSorted(), english!.toSorted(), "both languages are cut at the same place");
  const late = new RegExp(`["'\`]((?:${names!.join("|")})\\.[\\w.-]*)`, "g");
  const early = ["web/pages/desk/index.tsx", "web/ui/shell/shell.tsx", "web/pages/sign-in/sign-in-page.tsx"];
  const files = new Set(early.flatMap((path) => [...loadedWith(path)]));
  assert.ok(files.has("web/pages/desk/workplace.tsx"));
  const needed = sources.flatMap(({ path, text }) =>
    files.has(path)
      ? [...text.matchAll(late)].filter(([, key]) => isWord(key!)).map(([, key]) => `${path}: ${key}`)
      : [],
  );
  assert.deepEqual(needed, []);
});
