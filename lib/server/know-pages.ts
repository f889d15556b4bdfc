import fs from "node:fs";
import path from "node:path";
import type { IsPage } from "./front/check-body.ts";
import { STATIC } from "./front/visit.ts";
import { type NameRoute, nameRoutes } from "./metrics/name-route.ts";

/** What this build answers with pages, by the manifest that Next.js writes beside it and the files in `public`. */
export function knowPages(): IsPage {
  return pagesAmong(builtRoutes(), fs.readdirSync("public", { recursive: true, encoding: "utf8" }));
}

/** Names what is asked for by the routes of this build. */
export const knowRoutes = (): NameRoute =>
  nameRoutes(Object.values(builtRoutes()), fs.readdirSync("public", { recursive: true, encoding: "utf8" }));

const builtRoutes = (): Record<string, string> =>
  JSON.parse(fs.readFileSync(".next/app-path-routes-manifest.json", "utf8")) as Record<string, string>;

/** The files of this build for browsers, as they are asked for. */
export function knowBuildFiles(): (path: string) => boolean {
  const found = fs
    .readdirSync(".next/static", { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile());
  const files = new Set(
    found.map(
      ({ parentPath, name }) =>
        STATIC + path.relative(".next/static", path.join(parentPath, name)).replaceAll("\\", "/"),
    ),
  );
  return (asked) => files.has(asked);
}

/**
 * `routes` leads from files below `app` to what they answer: "/activate/[token]/route" to "/activate/[token]". A path that none
 * answers is a page too, the one that says so; letters count alike, as a file system may take them.
 */
export function pagesAmong(routes: Readonly<Record<string, string>>, files: readonly string[]): IsPage {
  const all = Object.entries(routes).map(([file, route]) => ({ isPage: file.endsWith("/page"), route }));
  const pages = new Set(all.filter(({ isPage }) => isPage).map(({ route }) => route));
  const others = all.filter(({ isPage }) => !isPage).map(({ route }) => patternOf(route));
  const named = new Set(files.map((file) => `/${file.replaceAll("\\", "/")}`.toLowerCase()));
  return (asked) => {
    const plain = asked.length > 1 ? asked.replace(/\/$/, "") : asked;
    return pages.has(plain) || !(named.has(plain.toLowerCase()) || others.some((pattern) => pattern.test(plain)));
  };
}

const patternOf = (route: string): RegExp =>
  new RegExp(
    `^${route
      .split("/")
      .map((segment) =>
        segment.startsWith("[...")
          ? ".+"
          : segment.startsWith("[")
            ? "[^/]+"
            : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
      )
      .join("/")}$`,
    "i",
  );
