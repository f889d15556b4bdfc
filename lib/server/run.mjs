// node lib/server/run.mjs SCRIPT [ARGUMENTS]: every script of package.json but the portal itself.
import { runUnderPinnedNode } from "./pinned-node.mjs";

runUnderPinnedNode(process.argv.slice(2));
