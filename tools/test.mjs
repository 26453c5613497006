// `npm test`: everything. `node tools/test.mjs RING|FILE …`: a part (rings: check pure database scenario interop web).
import { join } from "node:path";
import { buildWeb, checkNode, findNode, installDependencies, root, run } from "./bootstrap.mjs";

checkNode();
installDependencies();
const node = findNode();
buildWeb(node);
run(node, [join(root, "tools/test.ts"), ...process.argv.slice(2)]);
