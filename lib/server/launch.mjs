import module from "node:module";
import { isEnough, runUnderPinnedNode } from "./pinned-node.mjs";

if (isEnough) {
  // What was compiled, and stripped of its types, the last time: a third of a second.
  module.enableCompileCache("node_modules/.cache/kunci-compiled");
  await import("./serve.ts");
} else {
  runUnderPinnedNode([...process.execArgv, ...process.argv.slice(1)]);
}
