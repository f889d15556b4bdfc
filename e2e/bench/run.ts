// `npm run bench -- NAME|all [SIZE] [--behind-nginx]`. Exit 0 unless it could not measure.

import { measureCampaign } from "./campaign.ts";
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
import type { Place } from "./subject.ts";

/** `size` of a benchmark that has one (`scale 100000`); where those that speak HTTP find the portal. */
type Wanted = { size: number | undefined; place: Place };

const benches: Record<string, (wanted: Wanted) => Promise<void>> = {
  script: measureScript,
  start: measureStart,
  pages: ({ place }) => measurePages(place),
  "sign-in": ({ place }) => measureSignIn(place),
  oidc: ({ place }) => measureOidc(place),
  oracle: measureOracle,
  import: measureImport,
  mail: measureMail,
  scale: ({ size }) => measureScale(size),
  campaign: ({ size }) => measureCampaign(size),
};

const [wanted = "", ...others] = process.argv.slice(2);
const place: Place = others.includes("--behind-nginx") ? "behind nginx" : "alone";
const sizes = others.filter((each) => each !== "--behind-nginx").map(Number);
const names = wanted === "all" ? Object.keys(benches) : [wanted];
if (!names.every((name) => Object.hasOwn(benches, name)) || !sizes.every(Number.isInteger)) {
  console.error(`npm run bench -- ${Object.keys(benches).join("|")}|all [SIZE] [--behind-nginx]`);
  process.exit(2);
}
for (const name of names) {
  try {
    await benches[name]?.({ size: sizes[0], place });
  } catch (fault) {
    say(`${name} could not be measured: ${(fault as Error).stack}`);
    process.exitCode = 1;
  }
}
