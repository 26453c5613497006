/**
 * What a recorded message does on the telephone, as plain data: a tree of steps, each list of which ends by itself
 * (after its last step we hang up), so that every path ends. Run by `message-machine.ts`.
 */
import { z } from "zod";

export const flowKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"] as const;
export type FlowKey = (typeof flowKeys)[number];

/** Prompts that come with the system, spoken with the company's name; words under `broadcast.builtIn.<name>`. */
export const builtInPrompts = ["abandoned", "opted-out", "callback-noted", "one-moment"] as const;
export type BuiltInPrompt = (typeof builtInPrompts)[number];

/** A prompt of the company, one that comes with the system, or none. */
export const promptChoice = z.union([z.number().int().positive(), z.enum(builtInPrompts)]).nullable();
export type PromptChoice = z.infer<typeof promptChoice>;

export const optOutScopes = ["global", "campaign"] as const;
export type OptOutScope = (typeof optOutScopes)[number];

export type MenuStep = {
  do: "menu";
  prompt: PromptChoice;
  /** How long a key is waited for after the prompt. */
  waitMs: number;
  /** Asked again so often when no key, or none of these, is pressed. */
  repeats: number;
  /** `label`: what pressing it means, for reports. */
  keys: { key: FlowKey; label: string; steps: FlowStep[] }[];
  /** Said before it is asked again because of a wrong key; null: nothing. */
  wrongPrompt: PromptChoice;
  /** When it was asked often enough without an answer. */
  noKey: FlowStep[];
  wrongKey: FlowStep[];
};
export type TransferStep = {
  do: "transfer";
  /** Said before; null: nothing. */
  prompt: PromptChoice;
  /** Waits so long, with music, for an agent of the campaign. */
  waitMs: number;
  /** When nobody is free in time. */
  otherwise: FlowStep[];
};
export type FlowStep =
  | { do: "say"; prompt: PromptChoice }
  /** Never called again, by anybody or by this campaign; the prompt confirms it. */
  | { do: "opt-out"; scope: OptOutScope; prompt: PromptChoice }
  | { do: "callback"; afterMinutes: number; prompt: PromptChoice }
  | { do: "disposition"; dispositionId: number | null }
  | MenuStep
  | TransferStep
  /** Asks the menu around it again. */
  | { do: "repeat" }
  | { do: "hang-up" };
export const flowActs = [
  "say",
  "menu",
  "transfer",
  "opt-out",
  "callback",
  "disposition",
  "repeat",
  "hang-up",
] as const satisfies FlowStep["do"][];

const steps: z.ZodType<FlowStep[]> = z.lazy(() => z.array(flowStep).max(20));
const flowStep: z.ZodType<FlowStep> = z.discriminatedUnion("do", [
  z.object({ do: z.literal("say"), prompt: promptChoice }),
  z.object({ do: z.literal("opt-out"), scope: z.enum(optOutScopes), prompt: promptChoice }),
  z.object({
    do: z.literal("callback"),
    afterMinutes: z.number().int().min(1).max(43_200),
    prompt: promptChoice,
  }),
  z.object({ do: z.literal("disposition"), dispositionId: z.number().int().nullable() }),
  z.object({
    do: z.literal("menu"),
    prompt: promptChoice,
    waitMs: z.number().int().min(500).max(60_000),
    repeats: z.number().int().min(0).max(5),
    keys: z.array(z.object({ key: z.enum(flowKeys), label: z.string().trim().max(60), steps })).max(12),
    wrongPrompt: promptChoice,
    noKey: steps,
    wrongKey: steps,
  }),
  z.object({
    do: z.literal("transfer"),
    prompt: promptChoice,
    waitMs: z.number().int().min(1000).max(600_000),
    otherwise: steps,
  }),
  z.object({ do: z.literal("repeat") }),
  z.object({ do: z.literal("hang-up") }),
]);

/** A key that works at any moment of the message: no more calls, a word that confirms it, and we hang up. */
export const optOutRule = z.object({
  key: z.enum(flowKeys),
  scope: z.enum(optOutScopes),
  prompt: promptChoice,
});
export type OptOutRule = z.infer<typeof optOutRule>;

export interface MessageFlow {
  steps: FlowStep[];
  optOut: OptOutRule | null;
}

/** Menus inside menus, and steps of a whole flow. */
const deepest = 4;
const longest = 200;

/** Words under `broadcast.problem.<name>`. The first ones cannot be stored, the last ones keep a campaign from starting. */
export const flowFaults = [
  "repeated-key", // a menu has a key twice, or the one that means "no more calls"
  "after-end", // steps after one that ends its path
  "nothing-to-repeat",
  "too-deep",
  "too-long",
] as const;
export const flowGaps = ["no-steps", "prompt-missing", "no-keys", "disposition-missing"] as const;
export type FlowProblem = (typeof flowFaults)[number] | (typeof flowGaps)[number];

const ends = new Set<FlowStep["do"]>(["menu", "transfer", "repeat", "hang-up"]);

/** The lists of steps inside a step, each with whether a menu around it can be asked again. */
export function branchesOf(step: FlowStep): { steps: FlowStep[]; inside: boolean }[] {
  if (step.do === "transfer") return [{ steps: step.otherwise, inside: false }];
  if (step.do !== "menu") return [];
  return [
    ...step.keys.map((branch) => ({ steps: branch.steps, inside: true })),
    { steps: step.noKey, inside: false },
    { steps: step.wrongKey, inside: false },
  ];
}

/** Every step of a flow, outer ones first. */
export function allSteps(list: readonly FlowStep[]): FlowStep[] {
  return list.flatMap((step) => [step, ...branchesOf(step).flatMap((branch) => allSteps(branch.steps))]);
}

function problemsOf(
  list: readonly FlowStep[],
  menus: number,
  depth: number,
  optOut?: FlowKey,
): FlowProblem[] {
  const found: FlowProblem[] = depth > deepest ? ["too-deep"] : [];
  for (const [index, step] of list.entries()) {
    if (ends.has(step.do) && index < list.length - 1) found.push("after-end");
    if (step.do === "repeat" && menus === 0) found.push("nothing-to-repeat");
    if (step.do === "disposition" && step.dispositionId === null) found.push("disposition-missing");
    if ("prompt" in step && step.prompt === null && step.do !== "transfer") found.push("prompt-missing");
    if (step.do === "menu") {
      const keys = [...step.keys.map(({ key }) => key), ...(optOut ? [optOut] : [])];
      if (new Set(keys).size < keys.length) found.push("repeated-key");
      if (keys.length === 0) found.push("no-keys");
    }
    for (const branch of branchesOf(step))
      found.push(
        ...problemsOf(
          branch.steps,
          menus + (branch.inside ? 1 : 0),
          depth + (step.do === "menu" ? 1 : 0),
          optOut,
        ),
      );
  }
  return found;
}

/** What is wrong with a flow, each name once; empty: it can be dialled with. */
export function flowProblems(flow: MessageFlow): FlowProblem[] {
  const found = problemsOf(flow.steps, 0, 0, flow.optOut?.key);
  if (flow.steps.length === 0) found.push("no-steps");
  if (allSteps(flow.steps).length > longest) found.push("too-long");
  if (flow.optOut?.prompt === null) found.push("prompt-missing");
  return [...new Set(found)];
}

const isFault = (problem: FlowProblem) => (flowFaults as readonly string[]).includes(problem);

/** A flow as it is stored: it may have gaps yet, no faults. */
export const messageFlow: z.ZodType<MessageFlow> = z
  .object({ steps, optOut: optOutRule.nullable() })
  .superRefine((flow, context) => {
    for (const message of flowProblems(flow).filter(isFault)) context.addIssue({ code: "custom", message });
  });

/** Prompts of the company that a flow plays. */
export function promptsIn(flow: MessageFlow): number[] {
  const choices = allSteps(flow.steps).flatMap((step): PromptChoice[] => {
    if (step.do === "menu") return [step.prompt, step.wrongPrompt];
    return "prompt" in step ? [step.prompt] : [];
  });
  const all = [...choices, flow.optOut?.prompt ?? null];
  return [...new Set(all.filter((choice) => typeof choice === "number"))];
}

/** Does a path of it lead to an agent? */
export const hasTransfer = (flow: MessageFlow): boolean =>
  allSteps(flow.steps).some((step) => step.do === "transfer");

/** What somebody hears who presses nothing, up to the end of the first question. */
export function saidWithoutKeys({ steps }: MessageFlow): PromptChoice[] {
  const said: PromptChoice[] = [];
  for (const step of steps) {
    if (step.do === "say" || step.do === "menu") said.push(step.prompt);
    if (step.do === "menu" || step.do === "transfer" || step.do === "hang-up") break;
  }
  return said;
}
