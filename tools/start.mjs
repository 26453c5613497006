// `npm start`: from a fresh clone to a running system.
import { join } from "node:path";
import { buildWeb, checkNode, findNode, installDependencies, root, run } from "./bootstrap.mjs";

checkNode();
installDependencies();
const node = findNode();
buildWeb(node);
run(node, [join(root, "server/main.ts"), ...process.argv.slice(2)]);
