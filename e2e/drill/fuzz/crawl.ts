import type http from "node:http";
import { attributeOf } from "../../harness/html.ts";
import type { Portal } from "../../harness/portal.ts";
import type { Field } from "./malform.ts";
import type { Persona } from "./personas.ts";
import { send } from "./send.ts";
import { routeOfPath, routesOfBuild } from "./targets.ts";

export type Found = {
  /** Paths that somebody was led to, by route. */
  paths: Map<string, string[]>;
  /** Forms that post, by who was shown them. */
  forms: Map<Persona["name"], { path: string; fields: Field[] }[]>;
};

/** Of one route; more show nothing new. */
const OF_A_ROUTE = 2;
const begins = [
  "/",
  "/register",
  "/sign-in",
  "/activate",
  "/recover",
  "/home",
  "/settings",
  "/helpdesk",
  "/admin",
  "/guide",
  "/call",
  "/approvals",
];

/** Follows links from where everybody begins, and keeps what is found there: paths, and forms with their hidden fields. */
export async function crawl({ origin }: Portal, people: readonly Persona[], agent: http.Agent): Promise<Found> {
  const routes = routesOfBuild();
  const found: Found = { paths: new Map(), forms: new Map() };
  for (const persona of people) {
    const seen = new Map<string, number>();
    const forms: { path: string; fields: Field[] }[] = [];
    const waiting = [...begins];
    const known = new Set(waiting);
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const [plain = "/"] = path.split("?");
      const route = routeOfPath(plain, routes) ?? plain;
      const times = seen.get(route) ?? 0;
      if (times >= OF_A_ROUTE || route.startsWith("/guide/")) continue;
      seen.set(route, times + 1);
      const { body, status } = await send(
        origin,
        { method: "GET", path, cookie: persona.cookie, persona: persona.name, headers: {} },
        agent,
      );
      if (status !== 200) continue;
      found.paths.set(route, [...new Set([...(found.paths.get(route) ?? []), plain])]);
      forms.push(...formsIn(body).map((fields) => ({ path, fields })));
      for (const [tag] of body.matchAll(/<a\s[^>]*>/g)) {
        const [to = ""] = attributeOf(tag, "href")?.split("#") ?? [];
        if (!to.startsWith("/") || to.startsWith("//") || known.has(to)) continue;
        known.add(to);
        waiting.push(to);
      }
    }
    found.forms.set(persona.name, forms);
  }
  return found;
}

/** The fields of every form of the page that posts. */
function formsIn(html: string): Field[][] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)]
    .filter(([, open = ""]) => /method="post"/i.test(open))
    .map(([, , inside = ""]) =>
      [...inside.matchAll(/<(?:input|select|textarea|button)\b[^>]*>/g)].flatMap(([tag]) => {
        const name = attributeOf(tag, "name") ?? "";
        return name === "" ? [] : [{ name, value: attributeOf(tag, "value") ?? "" }];
      }),
    );
}
