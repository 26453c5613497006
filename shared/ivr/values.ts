/** What a flow knows, and what of it stays a secret. A part of `machine.ts`. */
import { fillText } from "../script-text.ts";
import type { IvrState } from "./state.ts";

/** In order. */
export function setAll(state: IvrState, values: readonly { variable: string; value: string }[]): IvrState {
  let { variables, language, secrets } = state;
  for (const { variable, value } of values) {
    // What is made of a secret is one.
    const isSecret = secrets.some((name) => value.includes(name));
    const filled = fillText(value, variables);
    variables = { ...variables, [variable]: filled };
    secrets = [...secrets.filter((name) => name !== variable), ...(isSecret ? [variable] : [])];
    if (variable === "language" && (filled === "zh" || filled === "en")) language = filled;
  }
  return { ...state, variables, language, secrets };
}

/** What a service answered is as secret as what it was asked with, where it holds that. */
export function learn(state: IvrState, set: Readonly<Record<string, string>>): IvrState {
  const hidden = state.secrets.map((name) => state.variables[name] ?? "").filter((value) => value.length > 2);
  const own = Object.entries(set).filter(([name]) => !name.includes("."));
  const secret = own.filter(([, value]) => hidden.some((one) => value.includes(one))).map(([name]) => name);
  const others = state.secrets.filter((name) => !own.some(([one]) => one === name));
  return {
    ...state,
    variables: { ...state.variables, ...Object.fromEntries(own) },
    secrets: [...others, ...secret],
  };
}
