/** Runs scripts of flows in QuickJS, in a thread of its own: nothing of ours is in reach of them, not even our time. */
import { parentPort } from "node:worker_threads";
import { getQuickJS, shouldInterruptAfterDeadline } from "quickjs-emscripten";
import type { ScriptAnswer, ScriptTask } from "./run-script.ts";

const memoryBytes = 16 * 1024 * 1024;
const stackBytes = 256 * 1024;
const mostVariables = 100;
const mostLength = 2000;

const quickjs = await getQuickJS();

/** `vars` is the caller's variables, to be read and set; what the script returns is the name of an exit. */
const wrapped = (code: string, variables: object) =>
  `const vars = ${JSON.stringify(variables)};\nconst exit = (function () {\n${code}\n})();\nJSON.stringify({ exit: exit == null ? null : String(exit), vars });`;

function run({ id, code, variables, limitMs }: ScriptTask): ScriptAnswer {
  const runtime = quickjs.newRuntime();
  try {
    runtime.setMemoryLimit(memoryBytes);
    runtime.setMaxStackSize(stackBytes);
    runtime.setInterruptHandler(shouldInterruptAfterDeadline(Date.now() + limitMs));
    const context = runtime.newContext();
    try {
      const result = context.evalCode(wrapped(code, variables));
      if (result.error) {
        const error = String(context.dump(result.error)?.message ?? "error").slice(0, 300);
        result.error.dispose();
        return { id, error };
      }
      const text = context.getString(result.value);
      result.value.dispose();
      const { exit, vars } = JSON.parse(text) as { exit: string | null; vars: Record<string, unknown> };
      const entries = Object.entries(vars).slice(0, mostVariables);
      const said = entries.map(([name, value]) => [
        name,
        (typeof value === "string" ? value : value === null ? "" : JSON.stringify(value)).slice(
          0,
          mostLength,
        ),
      ]);
      return { id, exit, variables: Object.fromEntries(said) as Record<string, string> };
    } finally {
      context.dispose();
    }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message.slice(0, 300) : "error" };
  } finally {
    try {
      runtime.dispose();
    } catch {
      // A runtime that ran out of memory may not let go of all of it; the thread is replaced.
      process.exit(1);
    }
  }
}

parentPort!.on("message", (task: ScriptTask) => parentPort!.postMessage(run(task)));
