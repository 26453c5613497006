import type { TFunction } from "i18next";
import type { BlockKind, BlockOf } from "../../../../shared/ivr/blocks.ts";
import type { IvrDocument } from "../../../../shared/ivr/flow.ts";
import type { RuleSubject } from "../../../features/answer-rules/rule-editor.tsx";
import type { useTargets } from "../targets.ts";

/** What every form of a block knows beside the block. */
export interface FormContext {
  languages: IvrDocument["languages"];
  /** What may stand in texts: the system's, and those that this flow sets. */
  variables: readonly string[];
  subjects: readonly RuleSubject[];
  targets: ReturnType<typeof useTargets>;
}

export interface FormProps<K extends BlockKind> {
  block: BlockOf<K>;
  put(this: void, change: Partial<BlockOf<K>>): void;
  context: FormContext;
  t: TFunction;
}
