import { randomUUID } from "node:crypto";
import fs from "node:fs";

/** What this build answers: a route as Next.js names it, `/helpdesk/accounts/[account]`, and whether it is a page. */
export type Route = { route: string; isPage: boolean };

type Manifest = { node: Record<string, { workers: Record<string, unknown> }> };

const json = (file: string): unknown => JSON.parse(fs.readFileSync(file, "utf8"));

/** Every route of the build, the protocol's own beside those of Next.js. */
export function routesOfBuild(): Route[] {
  const built = json(".next/app-path-routes-manifest.json") as Record<string, string>;
  const own = [
    "authorize",
    "token",
    "userinfo",
    "jwks",
    "request",
    "token/introspection",
    "token/revocation",
    "session/end",
  ];
  return [
    ...Object.entries(built).map(([file, route]) => ({ route, isPage: file.endsWith("/page") })),
    ...own.map((path) => ({ route: `/oidc/${path}`, isPage: false })),
  ];
}

/** Every server action of the build, with the routes of the pages that it can be posted to. */
export function actionsOfBuild(): { id: string; routes: string[] }[] {
  const built = json(".next/app-path-routes-manifest.json") as Record<string, string>;
  const { node } = json(".next/server/server-reference-manifest.json") as Manifest;
  return Object.entries(node).map(([id, { workers }]) => ({
    id,
    routes: Object.keys(workers).flatMap((file) => built[file.replace(/^app/, "")] ?? []),
  }));
}

/** A path of the route: as somebody was led to it, where that is known, else with something that nobody has. */
export function pathOf(route: string, known: ReadonlyMap<string, readonly string[]>, random: () => number): string {
  const seen = known.get(route) ?? [];
  if (seen.length > 0 && random() < 0.9) return seen[Math.floor(random() * seen.length)] as string;
  return route.replace(/\[[^\]]+\]/g, () =>
    random() < 0.5 ? randomUUID() : (odd[Math.floor(random() * odd.length)] ?? "x"),
  );
}

/** As a segment of a path, percent-encoded where it must be. */
const odd = [
  "0",
  "-1",
  "%00",
  "%F0%9F%90%98",
  "..%2f..",
  "a".repeat(500),
  "null",
  "__proto__",
  "%22%3E%3Cscript%3E",
  "%E2%80%AE",
];

/** The route that a path belongs to, if any. */
export function routeOfPath(path: string, routes: readonly Route[]): string | undefined {
  const segments = path.split("/");
  return routes.find(({ route }) => {
    const parts = route.split("/");
    return parts.length === segments.length && parts.every((part, n) => part.startsWith("[") || part === segments[n]);
  })?.route;
}
