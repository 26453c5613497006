/** A script as a file: what one installation exports, another imports. */
import { z } from "zod";
import { type ScriptInput, scriptInput } from "../../../shared/scripts.ts";

const fileKind = "waihu-script";
const scriptFile = scriptInput.extend({ format: z.literal(fileKind) });

export const scriptFileText = ({ name, kind, document }: ScriptInput): string =>
  JSON.stringify({ format: fileKind, name, kind, document }, null, 2);

/** Null: not a script's file, or a broken one. */
export function readScriptFile(text: string): ScriptInput | null {
  try {
    const parsed = scriptFile.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const { format: _format, ...script } = parsed.data;
    return script;
  } catch {
    return null;
  }
}
