import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** What a build is made of; an image holds them too, so that it knows its build again. */
export const SOURCES = [
  "app",
  "components",
  "db",
  "emails",
  "lib",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/** Of the contents, not of times: a fresh clone or an image's copy has other times. Some 20 ms. */
export function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of SOURCES.flatMap(filesOf).sort())
    hash.update(file).update("\0").update(fs.readFileSync(file)).update("\0");
  return hash.digest("hex").slice(0, 40);
}

function filesOf(place: string): string[] {
  if (!fs.existsSync(place)) return [];
  if (fs.statSync(place).isFile()) return [place];
  const inside = fs.readdirSync(place, { recursive: true, withFileTypes: true });
  return inside
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
