// `npm run bench -- NAME [--flags]`: runs bench/NAME.ts, which prints a table and, last, one JSON line.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildWeb, checkNode, fail, findNode, installDependencies, root, run } from "./bootstrap.mjs";

checkNode();
const [name = "", ...flags] = process.argv.slice(2);
const file = join(root, "bench", `${name}.ts`);
if (name === "" || name === "lib" || !existsSync(file)) {
  const names = readdirSync(join(root, "bench"))
    .filter((entry) => entry.endsWith(".ts") && entry !== "lib.ts")
    .map((entry) => entry.slice(0, -3));
  fail(`Usage: npm run bench -- NAME [--flags], where NAME is one of: ${names.join(", ")}.`);
}
installDependencies();
// Some open the pages in a browser.
buildWeb(findNode());
run(findNode(), [file, ...flags]);
