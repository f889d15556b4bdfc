import module from "node:module";

// Plain JavaScript that the oldest supported Node can read: `npm ci` brings the Node that everything else is written for, and
// where it could not (another platform, optional packages left out), the machine's own may be too old even to parse the rest.
const NEEDED = 24;

const found = Number(process.versions.node.split(".")[0]);
if (found >= NEEDED) {
  // What was compiled, and stripped of its types, the last time: a third of a second.
  module.enableCompileCache("node_modules/.cache/kunci-compiled");
  await import("./serve.ts");
} else {
  process.stderr.write(
    `Portal ini memerlukan Node ${NEEDED} atau lebih baharu; yang dijumpai ialah ${process.versions.node}. Jalankan "npm ci" (tanpa --omit=optional), atau pasang Node ${NEEDED}.\n` +
      `This portal needs Node ${NEEDED} or later; found ${process.versions.node}. Run "npm ci" (without --omit=optional), or install Node ${NEEDED}.\n`,
  );
  process.exit(1);
}
