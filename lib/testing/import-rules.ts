import { posix } from "node:path";

/** The rooms of `lib`, from the highest to the lowest: a room may use itself and what stands below it, never above. */
const floors: readonly (string | undefined)[] = [
  "administration",
  "campaign",
  "staff-register",
  "helpdesk",
  "relying-party",
  "recovery",
  "sign-in",
  "account",
  "office",
  "authenticators",
  "session",
  "assurance",
  "throttle",
  "mail",
  "audit",
  "text",
  "kernel",
];

/**
 * Rooms that put everything together and may use everything. Nothing but pages, the command line and each other uses
 * them.
 */
const assembling = ["lib/server", "lib/cli", "lib/testing"];
const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const inside = (file: string, place: string) => file === place || file.startsWith(`${place}/`);
const room = (file: string) => (file.startsWith("lib/") ? file.split("/")[1] : undefined);
const floor = (name: string | undefined) => floors.indexOf(name);

export type Import = { from: string; target: string; typeOnly: boolean };

/** Every import of a source file: our own as paths from the root, others as they are named. */
export function importsOf(file: string, source: string): Import[] {
  const statements = withoutComments(source).matchAll(
    /(?:^|[\s;])(?:import|export)\s+(?:(type\s)?[\w\s{},*$]*?\sfrom\s*)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g,
  );
  return [...statements].map(([, type, named, dynamic]) => {
    const target = (named ?? dynamic) as string;
    const own = target.startsWith("#")
      ? target.slice(1)
      : target.startsWith(".")
        ? posix.join(posix.dirname(file), target)
        : undefined;
    return { from: file, target: own ?? `npm:${target}`, typeOnly: type !== undefined };
  });
}

/** Why an import may not be (house.md rule 1), or null where it may. */
export function wrongArrow({ from, target, typeOnly }: Import): string | null {
  if (/^npm:next(\/|$)/.test(target)) {
    const may =
      inside(from, "app") || inside(from, "lib/server") || from === "lib/text/request.ts" || !from.includes("/");
    return may ? null : "only pages and lib/server speak to Next.js";
  }
  if (target.startsWith("npm:")) return null;
  if (inside(target, "lib/testing"))
    return isTest(from) || inside(from, "lib/testing") ? null : "lib/testing is for tests";
  if (assembling.some((place) => inside(from, place)) || !from.includes("/")) return null;
  if (inside(target, "app") && !inside(from, "app")) return "nothing uses a page";
  if (inside(from, "db")) return inside(target, "db") ? null : "db uses nothing of ours";
  if (inside(from, "emails")) return inside(target, "emails") ? null : "letters get their words as props";
  if (inside(from, "components")) {
    return ["components", "lib/text", "lib/kernel"].some((place) => inside(target, place))
      ? null
      : "components use words and the kernel only";
  }
  if (inside(from, "app"))
    return ["app", "components", "lib"].some((place) => inside(target, place)) ? null : "pages use components and lib";
  return wrongArrowOfRoom(from, target, typeOnly);
}

function wrongArrowOfRoom(from: string, target: string, typeOnly: boolean): string | null {
  const here = room(from);
  if (floor(here) < 0) return `lib/${here} is no room of the house: give it its floor`;
  if (inside(target, "db")) {
    if (here === "text") return "words do not come from the database";
    return here === "kernel" && !typeOnly ? "the kernel knows the database as a type only" : null;
  }
  if (inside(target, "emails")) return here === "mail" ? null : "letters belong to the mail room";
  if (!inside(target, "lib")) return `${here} uses nothing of ${target.split("/")[0]}`;
  if (floor(room(target)) < 0) return `nothing below the pages uses lib/${room(target)}`;
  return floor(room(target)) >= floor(here) ? null : `${here} stands below ${room(target)}`;
}

const outside =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\.env\b|\brandom(?:Bytes|UUID|Int)\b|\bgetRandomValues\b/;
const mayReachOutside = (file: string) =>
  assembling.some((place) => inside(file, place)) ||
  file === "db/embedded.ts" ||
  inside(file, "db/embedded") ||
  isTest(file) ||
  !file.includes("/");

/**
 * The first use of the clock, chance or the environment where they must come in through the context (rule 6), or null.
 */
export function reachesOutside(file: string, source: string): string | null {
  return mayReachOutside(file) ? null : (outside.exec(withoutComments(source))?.[0] ?? null);
}

const withoutComments = (source: string) => source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
