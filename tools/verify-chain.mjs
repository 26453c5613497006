// `npm run verify-chain`: is all proof as it was written? Beside a running server or without one.
import { join } from "node:path";
import { checkNode, findNode, installDependencies, root, run } from "./bootstrap.mjs";

checkNode();
installDependencies();
run(findNode(), [join(root, "tools/verify-chain.ts")]);
