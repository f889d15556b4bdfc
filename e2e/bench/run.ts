// `npm run bench -- NAME|all`. Exit 0 unless it could not measure.

import { measureImport } from "./import.ts";
import { measureMail } from "./mail.ts";
import { measureOidc } from "./oidc.ts";
import { measureOracle } from "./oracle.ts";
import { measurePages } from "./pages.ts";
import { say } from "./report.ts";
import { measureScale } from "./scale.ts";
import { measureScript } from "./script.ts";
import { measureSignIn } from "./sign-in.ts";
import { measureStart } from "./start.ts";

const benches: Record<string, (size?: number) => Promise<void>> = {
  script: measureScript,
  start: measureStart,
  pages: measurePages,
  "sign-in": measureSignIn,
  oidc: measureOidc,
  oracle: measureOracle,
  import: measureImport,
  mail: measureMail,
  scale: measureScale,
};

const wanted = process.argv[2];
/** Of a benchmark that has a size: `scale 100000`. */
const size = process.argv[3] === undefined ? undefined : Number(process.argv[3]);
const names = wanted === "all" ? Object.keys(benches) : [wanted ?? ""];
if (!names.every((name) => Object.hasOwn(benches, name))) {
  console.error(`npm run bench -- ${Object.keys(benches).join("|")}|all`);
  process.exit(2);
}
for (const name of names) {
  try {
    await benches[name]?.(size);
  } catch (fault) {
    say(`${name} could not be measured: ${(fault as Error).stack}`);
    process.exitCode = 1;
  }
}
