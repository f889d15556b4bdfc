import { isOidc, isStatic, METRICS } from "../front/visit.ts";

/** The name of a path's route, out of a set that this build knows: never the path, which may hold a secret or be anything. */
export type NameRoute = (path: string) => string;

/** What the provider answers; anything else below `/oidc/` is "/oidc/*". */
const PROVIDER =
  /^\/oidc\/(?:auth|token|token\/introspection|token\/revocation|request|me|jwks|session\/end|\.well-known\/[a-z-]{1,40})$/;

/** What becomes of paths without a page: the one page that says so. */
export const NO_PAGE = "none";

/**
 * `routes` as Next.js names them ("/helpdesk/accounts/[id]"), `files` what lies in `public`. A fixed path goes before one with
 * a place to fill, as Next.js chooses.
 */
export function nameRoutes(routes: readonly string[], files: readonly string[]): NameRoute {
  const fixed = new Set(routes.filter((route) => !route.includes("[")));
  const filled = routes
    .filter((route) => route.includes("["))
    .map((route) => ({ route, pattern: patternOf(route), places: placesIn(route) }))
    .sort((a, b) => a.places - b.places);
  const kept = new Set(files.map((file) => `/${file.replaceAll("\\", "/")}`));
  return (path) => {
    if (isStatic(path)) return "static";
    const plain = path.length > 1 ? path.replace(/\/$/, "") : path;
    if (fixed.has(plain)) return plain;
    if (plain === METRICS) return METRICS;
    if (isOidc(plain)) return providerRoute(plain);
    if (kept.has(plain)) return "file";
    return filled.find(({ pattern }) => pattern.test(plain))?.route ?? NO_PAGE;
  };
}

/** One that takes whatever is left comes after all that take a part. */
const placesIn = (route: string): number => route.split("[").length + (route.includes("[...") ? route.length : 0);

function providerRoute(path: string): string {
  if (path.startsWith("/oidc/auth/")) return "/oidc/auth/[uid]";
  if (path.startsWith("/oidc/.well-known/")) return "/oidc/.well-known";
  return PROVIDER.test(path) ? path : "/oidc/*";
}

const patternOf = (route: string): RegExp =>
  new RegExp(
    `^${route
      .split("/")
      .map((part) =>
        part.startsWith("[...") ? ".+" : part.startsWith("[") ? "[^/]+" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
      )
      .join("/")}$`,
  );
