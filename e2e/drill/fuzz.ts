import http from "node:http";
import { seeded } from "#lib/testing/mutate.ts";
import { residentMegabytes } from "../bench/memory.ts";
import { openDatabase, type Portal, startPortal } from "../harness/portal.ts";
import { crawl, type Found } from "./fuzz/crawl.ts";
import { bodyOf, malformFields, oddities, oddQuery, type Sent } from "./fuzz/malform.ts";
import { type Persona, personas } from "./fuzz/personas.ts";
import { type Ask, send } from "./fuzz/send.ts";
import { actionsOfBuild, pathOf, routesOfBuild } from "./fuzz/targets.ts";
import type { Drill } from "./run.ts";

const REQUESTS = 10_000;
const AT_ONCE = 6;
/** Then people are fresh, and what they are led to is looked at again. */
const A_ROUND = 500;
/**
 * What the process may hold more at the end than half-way, when it has made each page and knows its heap: of 10,000 it was
 * 40, and 4 in the last fifth. 12 KB kept of every request would be beyond it.
 */
const GROWTH_MB = 60;

/**
 * Malformed bodies, queries and headers over every route and action of the build, as nobody, as an owner and as an administrator:
 * nothing answers with 5xx or hangs up, no fault is logged, the process does not grow, and it serves as before.
 * Arguments: how many (10000), seed.
 */
export const fuzz: Drill = async ([count = String(REQUESTS), seed = "20261121"]) => {
  const random = seeded(Number(seed));
  const portal = await startPortal();
  const database = await openDatabase(portal.dataDir);
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const statuses: Record<string, number> = {};
  const wrong: string[] = [];
  const reached = { routes: new Set<string>(), actions: new Set<string>() };
  let early = 0;
  let shown = 0;
  let done = 0;
  try {
    while (done < Number(count)) {
      const people = await personas(portal.dataDir, database, done / A_ROUND);
      const found = await crawl(portal, people, agent);
      shown = Math.max(shown, ...[...found.forms.values()].map((forms) => forms.length));
      const asks = Array.from({ length: A_ROUND }, (_, n) => oneAsk(random, done + n, people, found, reached));
      await inParallel(asks, async (ask) => {
        const { status, fault } = await send(portal.origin, ask, agent);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (fault ?? status >= 500) wrong.push(`${fault ?? status} ${ask.method} ${ask.path} as ${ask.persona}`);
      });
      done += asks.length;
      if (early === 0 && done >= Number(count) / 2) early = memory(portal);
      console.log(`${done} asked, ${wrong.length} answered wrongly, ${memory(portal)} MB`);
    }
    const grown = memory(portal) - early;
    const faults = faultsIn(portal);
    const { status: after } = await send(portal.origin, plainAsk("/sign-in"), agent);
    for (const line of [...wrong, ...faults].slice(0, 40)) console.log(line);
    return {
      held: wrong.length === 0 && faults.length === 0 && grown < GROWTH_MB && after === 200,
      asked: done,
      routes: `${reached.routes.size} of ${routesOfBuild().length}`,
      formsShown: shown,
      actions: `${reached.actions.size} of ${actionsOfBuild().length}`,
      statuses,
      answeredWithFaults: wrong.length,
      faultsLogged: faults.length,
      grownMegabytes: grown,
    };
  } finally {
    agent.destroy();
    await database.end();
    await portal.stop();
  }
};

const memory = ({ pid }: Portal): number => Math.round(residentMegabytes([pid]));

/** Lines of the log that tell of a fault, whatever was answered. */
const faultsIn = (portal: Portal): string[] =>
  portal
    .output()
    .split("\n")
    .filter((line) => /"level":[56]0/.test(line));

const plainAsk = (path: string): Ask => ({ method: "GET", path, cookie: "", persona: "nobody", headers: {} });

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const worker = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const routes = routesOfBuild();
const actions = actionsOfBuild();

/** The n-th request: routes and actions in turn, so that each is met; every second one a form that a page really has. */
function oneAsk(
  random: () => number,
  n: number,
  people: readonly Persona[],
  found: Found,
  reached: { routes: Set<string>; actions: Set<string> },
): Ask {
  const persona = people[Math.floor(random() * people.length)] as Persona;
  const forms = found.forms.get(persona.name) ?? [];
  const form = forms[Math.floor(random() * forms.length)];
  const base = { cookie: persona.cookie, persona: persona.name, headers: oddHeaders(random) };
  if (form && n % 2 === 0) {
    for (const { name } of form.fields) {
      const [id] = /[0-9a-f]{42}/.exec(name) ?? [];
      if (id !== undefined) reached.actions.add(id);
    }
    const fields = form.fields.map((field) => ({ ...field, value: field.value || "900101-14-0000" }));
    return { ...base, method: "POST", path: form.path, sent: bodyOf(random, malformFields(random, fields)) };
  }
  const turn = Math.floor(n / 2);
  if (turn % 3 === 0) {
    const action = actions[(turn / 3) % actions.length] as (typeof actions)[number];
    reached.actions.add(action.id);
    const path = pathOf(action.routes[Math.floor(random() * action.routes.length)] ?? "/", found.paths, random);
    return { ...base, method: "POST", path, ...actionCall(random, action.id, base.headers) };
  }
  const { route } = routes[turn % routes.length] as (typeof routes)[number];
  reached.routes.add(route);
  const path = pathOf(route, found.paths, random) + oddQuery(random);
  if (turn % 3 === 1) return { ...base, method: "GET", path };
  const fields = [...Array.from({ length: 4 }, () => ({ name: pick(random, names), value: pick(random, oddities) }))];
  return { ...base, method: "POST", path, sent: bodyOf(random, fields) };
}

/** An action by its id, as a page without JavaScript or a script of Next.js posts it. */
function actionCall(
  random: () => number,
  id: string,
  headers: Record<string, string>,
): { sent: Sent; headers: Record<string, string> } {
  const fields = Array.from({ length: 4 }, () => ({ name: pick(random, names), value: pick(random, oddities) }));
  if (random() < 0.5)
    return {
      headers,
      sent: bodyOf(random, [{ name: `$ACTION_ID_${id}`, value: "" }, ...malformFields(random, fields)]),
    };
  const args = pick(random, [
    '["$K1"]',
    '[{"a":1},"$K1"]',
    '[null,"$K1"]',
    "[]",
    '["$undefined","$K1"]',
    "{}",
    "[[[[]]]]",
  ]);
  const inForm = malformFields(random, fields).map(({ name, value }) => ({ name: `_1_${name}`, value }));
  return {
    headers: { ...headers, "next-action": id, accept: "text/x-component" },
    sent: bodyOf(random, [...inForm, { name: "0", value: args }]),
  };
}

const names = [
  ..."identityType identityNumber passportCountry mobile personalEmail reason fullName officialEmail office identityLast4".split(
    " ",
  ),
  ..."questionId answer password passwordAgain code phraseIsMine credential id version name grant_type client_id redirect_uri".split(
    " ",
  ),
  ..."response_type scope token request_uri authorization_details login_hint claims email q from until state file".split(
    " ",
  ),
];

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Headers that a client may send as it likes. */
function oddHeaders(random: () => number): Record<string, string> {
  if (random() < 0.7) return {};
  const odd = (text: string) => text.replace(/[^\x21-\x7e]/g, "?").slice(0, 3_000) || "x";
  const name = pick(random, [
    "accept-language",
    "user-agent",
    "authorization",
    "dpop",
    "rsc",
    "next-router-state-tree",
    "if-none-match",
    "range",
    "x-forwarded-host",
    "x-kunci-ip",
    "cookie",
    "content-encoding",
    "expect",
  ]);
  return { [name]: name === "expect" ? "100-continue" : odd(pick(random, oddities)) };
}
