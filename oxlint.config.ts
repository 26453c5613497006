import { defineConfig, type OxlintOverride } from "oxlint";
import { features } from "./features.ts";

type Restriction = { group: string[]; message: string };

function wall(files: string[], patterns: Restriction[]): OxlintOverride {
  return { files, rules: { "no-restricted-imports": ["error", { patterns }] } };
}

const noApp: Restriction = {
  group: [
    "**/server/main.ts",
    "**/server/app.ts",
    "../app.ts",
    "../../app.ts",
    "../../../app.ts",
    "../main.ts",
    "../../main.ts",
  ],
  message: "Nobody imports app or main.",
};
const noTest: Restriction = {
  group: ["**/test/**", "**/bench/**", "**/tools/**"],
  message: "The product does not import its tests or tools.",
};

/** The feature's code, and its tests, which may use the kit as well. */
function featureWalls(name: string, index: number): OxlintOverride[] {
  const right = features.slice(index + 1);
  const left = features.slice(0, index);
  const patterns: Restriction[] = [
    { group: ["react", "**/web/**"], message: "The server does not see the web." },
    noApp,
    {
      group: left.flatMap((o) => [`../${o}/*`, `!../${o}/index.ts`]),
      message: "Use the other feature's index.ts.",
    },
  ];
  if (right.length > 0)
    patterns.push({
      group: right.map((o) => `../${o}/*`),
      message: "Features import only features to their left (features.ts); news goes right by event.",
    });
  if (name !== "calls")
    patterns.push({ group: ["**/switch/**"], message: "Only features/calls speaks to the switch." });
  patterns.push({
    group: ["**/sip/**", "**/media/**"],
    message: "Features speak of calls, not of SIP or RTP.",
  });
  return [
    wall([`server/features/${name}/**`], [...patterns, noTest]),
    wall([`server/features/${name}/**/*.test.ts`], patterns),
  ];
}

export default defineConfig({
  plugins: ["typescript", "unicorn", "import", "promise", "react", "oxc"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["dist/**", "data/**", "node_modules/**"],
  options: { typeAware: true },
  rules: {
    "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    "import/no-cycle": "error",
    "typescript/no-floating-promises": [
      "error",
      {
        allowForKnownSafeCalls: [
          {
            from: "package",
            package: "node:test",
            name: ["test", "it", "describe", "suite", "before", "after"],
          },
        ],
      },
    ],
    "typescript/no-explicit-any": "error",
    "typescript/consistent-type-imports": "error",
    "no-console": "error",
    "no-await-in-loop": "off",
    "no-shadow": "off",
    // `await using _bed`: held, not read.
    "no-underscore-dangle": "off",
    // tsc knows a switch that is exhaustive from one that is not.
    "typescript/consistent-return": "off",
    "react/react-in-jsx-scope": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/no-array-reverse": "off",
    "typescript/no-unsafe-type-assertion": "off",
    "import/no-unassigned-import": "off",
    // It takes a worker's postMessage for a window's.
    "unicorn/require-post-message-target-origin": "off",
    // Written for Express; Fastify awaits its handlers.
    "oxc/no-async-endpoint-handlers": "off",
    "import/no-named-as-default-member": "off",
    "typescript/no-unsafe-enum-assignment": "off",
  },
  overrides: [
    { files: ["tools/**", "bench/**", "test/**"], rules: { "no-console": "off" } },
    wall(
      ["server/kernel/**"],
      [
        {
          group: ["**/sip/**", "**/media/**", "**/switch/**", "**/features/**", "**/web/**"],
          message: "The kernel knows no telephony and no business.",
        },
        noApp,
      ],
    ),
    wall(
      ["server/sip/**"],
      [
        {
          group: ["**/media/**", "**/switch/**", "**/features/**", "**/web/**", "**/shared/**"],
          message: "sip/ imports kernel only; a body is opaque to SIP.",
        },
        noApp,
      ],
    ),
    wall(
      ["server/media/**"],
      [
        {
          group: ["**/sip/**", "**/switch/**", "**/features/**", "**/web/**", "**/shared/**"],
          message: "media/ imports kernel only.",
        },
        noApp,
      ],
    ),
    wall(
      ["server/switch/**"],
      [
        { group: ["**/features/**", "**/web/**"], message: "The switch knows nothing of the business." },
        noApp,
      ],
    ),
    ...features.flatMap(featureWalls),
    wall(
      ["shared/**"],
      [
        {
          group: ["node:*", "**/server/**", "**/web/**", "react"],
          message: "shared/ imports nothing but its validator.",
        },
      ],
    ),
    wall(
      ["web/**"],
      [
        {
          group: ["node:*", "**/server/**", "fastify", "pg", "kysely"],
          message: "The web does not see the server.",
        },
      ],
    ),
    // A test beside a page's logic runs in Node.
    { files: ["web/**/*.test.ts"], rules: { "no-restricted-imports": "off" } },
  ],
});
