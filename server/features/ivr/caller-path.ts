/** Remembers for the agent's screen how a caller came through a flow, secrets as dots. */
import type { CallerStory } from "../../../shared/caller-story.ts";
import type { IvrBlock } from "../../../shared/ivr/blocks.ts";
import type { IvrDocument } from "../../../shared/ivr/flow.ts";
import type { IvrEffect, IvrState } from "../../../shared/ivr/state.ts";

/** A caller may press keys for an hour; an agent reads the end of it. */
const mostSteps = 30;

/** Blocks that callers notice nothing of, and whose way says nothing. */
const untold = new Set<IvrBlock["kind"]>(["set", "return"]);

type Step = CallerStory["path"][number];

export interface CallerPath {
  /** `block`: where the caller is after it. */
  heard(effect: IvrEffect, block: IvrBlock | undefined): void;
  story(state: Pick<IvrState, "variables" | "secrets">, documents: readonly IvrDocument[]): CallerStory;
}

export function createCallerPath(): CallerPath {
  const path: Step[] = [];
  const facts = new Map<string, CallerStory["facts"][number]>();
  let earlier = 0;

  function entered(block: IvrBlock): void {
    if (untold.has(block.kind)) return;
    path.push({ block: block.title, kind: block.kind, keys: "", label: "" });
    if (path.length <= mostSteps) return;
    path.shift();
    earlier++;
  }

  function keyed(keys: string, label = ""): void {
    const step = path.at(-1);
    if (step) Object.assign(step, { keys, label });
  }

  return {
    heard(effect, block) {
      switch (effect.type) {
        case "entered":
          if (block) entered(block);
          return;
        case "pressed":
          return keyed(effect.key, effect.label);
        case "spoken":
          return effect.label === "" ? undefined : keyed("", effect.label);
        case "rated":
          return keyed(String(effect.score));
        case "collected": {
          const hidden = effect.digits === "" || block?.kind === "verify";
          return keyed(hidden ? "•".repeat(effect.count) : effect.digits);
        }
        case "verified": {
          if (block?.kind !== "verify") return;
          const { what, ok, tries } = effect;
          facts.set(block.id, { what, ok, tries, how: block.by.kind });
        }
      }
    },
    story({ variables, secrets }, documents) {
      const marked = new Map(
        documents.flatMap(({ shown }) => shown).map(({ variable, label }) => [variable, label]),
      );
      return {
        path: path.map((step) => ({ ...step })),
        earlier,
        facts: [...facts.values()],
        shown: [...marked].flatMap(([variable, label]) => {
          const value = secrets.includes(variable) ? "" : (variables[variable] ?? "");
          return value === "" ? [] : [{ label: label || variable, value }];
        }),
      };
    },
  };
}
