/** A script as a file: what one installation exports, another imports. */
import { z } from "zod";
import { type ScriptInput, scriptInput } from "../../../shared/scripts.ts";

const fileKind = "waihu-script";
const scriptFile = scriptInput.extend({ format: z.literal(fileKind) });

export function saveScriptFile(script: ScriptInput): void {
  const { name, kind, document: pages } = script;
  const text = JSON.stringify({ format: fileKind, name, kind, document: pages }, null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: `${name}.json` });
  link.click();
  URL.revokeObjectURL(url);
}

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
