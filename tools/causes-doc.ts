/** Writes docs/causes.md from the tables that the switch uses: `node tools/causes-doc.ts`. A test compares them. */
import { readFileSync, writeFileSync } from "node:fs";
import { outcomeOf } from "../server/features/calls/outcome-of.ts";
import { causeOfQ850, causeOfSit, causeOfStatus, causeOfTone } from "../server/switch/causes.ts";
import { type Cause, causes } from "../server/switch/switch.ts";

const file = new URL("../docs/causes.md", import.meta.url);
const wordsOf = (language: string, name: string) =>
  JSON.parse(
    readFileSync(new URL(`../web/lib/i18n/${language}/${name}.json`, import.meta.url), "utf8"),
  ) as Record<string, string>;
const words = {
  cause: [wordsOf("zh", "cause"), wordsOf("en", "cause")] as const,
  outcome: [wordsOf("zh", "outcome"), wordsOf("en", "outcome")] as const,
};

const table = (heads: string[], rows: (string | number)[][]) =>
  [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** The values of a table that mean this cause. */
const valuesOf = (meanings: Readonly<Record<string, Cause | undefined>>, cause: Cause) =>
  Object.entries(meanings)
    .filter(([, meaning]) => meaning === cause)
    .map(([value]) => value)
    .join(", ");

/** The values that say nothing of their own. */
const silent = (meanings: Readonly<Record<string, Cause | undefined>>) =>
  Object.entries(meanings)
    .filter(([, meaning]) => meaning === undefined)
    .map(([value]) => value)
    .join(", ");

export function causesDoc(): string {
  const rows = causes.map((cause) => {
    const outcome = outcomeOf(cause);
    const tones = [valuesOf(causeOfTone, cause), valuesOf(causeOfSit, cause)].filter(Boolean).join(", ");
    return [
      `\`${cause}\``,
      words.cause[0][cause]!,
      words.cause[1][cause]!,
      valuesOf(causeOfStatus, cause),
      valuesOf(causeOfQ850, cause),
      tones,
      `${words.outcome[0][outcome]} ${words.outcome[1][outcome]} (\`${outcome}\`)`,
    ];
  });
  return `# Causes

Why a call ended, in one vocabulary over SIP, the telephone network's own causes, tones and announcements
(\`server/switch/causes.ts\`). This page is made from those tables by \`node tools/causes-doc.ts\`.

${table(["cause", "中文", "English", "SIP status", "Q.850 value", "tone", "outcome when not answered"], rows)}

What decides, first to last:

1. An **announcement** recognised before the answer: the network's own word (page *Announcements*, 号码状态音).
2. The **Q.850 value** of a Reason header (RFC 3326), unless it says nothing of its own: ${silent(causeOfQ850)}.
3. The **SIP status** in a Reason header (\`SIP;cause=486\`), unless it is 487.
4. The **final status**. 408 and 480 mean \`no-answer\` when the phone rang and \`unreachable\` when it did not. A status that
   is not in the table counts as the x00 of its class: 4xx and 5xx \`trunk-failed\`, 6xx \`rejected\`.
5. A **tone** heard before the answer, where 2 to 4 gave no more than \`no-answer\`, \`unreachable\`, \`rejected\`,
   \`congestion\`, \`trunk-failed\` or \`error\`.

Special information tones carry a reason in North America: \`intercept\`, \`vacant-code\`, \`reorder\`, \`no-circuit\`,
\`ineffective\`; elsewhere they are \`generic\` (\`server/media/sit.ts\`). Tones are told apart by the tables of the trunk's
country (\`server/media/tone-plans.ts\`, ITU-T E.180 Supplement 2).

The raw status and Reason stand beside the cause on the call's page, and every tone and announcement among its events.
`;
}

if (import.meta.main) writeFileSync(file, causesDoc());
