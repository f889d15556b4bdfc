import fs from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Language } from "#lib/kernel/context.ts";
import en from "#lib/text/en/exampleSystems.json" with { type: "json" };
import { isLanguage } from "#lib/text/languages.ts";
import ms from "#lib/text/ms/exampleSystems.json" with { type: "json" };
import type { Answer, System } from "./answer-system.ts";
import { listPage, missingPage, type PageWanted } from "./example-page.ts";
import type { ExampleClient, PortalOfExamples } from "./follow-issuer.ts";
import { type ExampleSlug, isExampleSlug } from "./systems.ts";

export type Examples = { origin: string; close: () => Promise<void> };

/** By system; nothing while the portal has not registered them. */
export type ExampleClients = Partial<Record<ExampleSlug, ExampleClient>>;

const LARGEST_FORM = 16 * 1024;
const LANGUAGE = "contoh-bahasa";
const words = { ms, en };
const files: Record<string, { path: string; type: string }> = {
  "/tokens.css": { path: "app/styles/tokens.css", type: "text/css; charset=utf-8" },
  "/example.css": { path: "lib/server/demo/example-systems/example.css", type: "text/css; charset=utf-8" },
  "/button.css": { path: "public/log-masuk-bersepadu/button.css", type: "text/css; charset=utf-8" },
  "/mark-on-blue.svg": { path: "public/log-masuk-bersepadu/mark-on-blue.svg", type: "image/svg+xml" },
};

/**
 * The example systems of the demonstration, on this machine alone: by an address of their own, as a browser sees it, so that
 * they share no cookie with the portal. They take `port`, or any that is free where somebody else has it.
 */
export async function serveExamples(
  portal: PortalOfExamples,
  clients: () => ExampleClients,
  port: number,
): Promise<Examples> {
  const server = createServer({ requestTimeout: 10_000 });
  await listenOn(server, port).catch(() => listenOn(server, 0));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const systems = systemsAt(origin, portal, clients);
  server.on("request", (req, res) => void answer(req, res, { portal, origin, systems }));
  return {
    origin,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** openid-client is loaded when somebody first comes: a portal that is started for something else does without. */
function systemsAt(
  origin: string,
  portal: PortalOfExamples,
  clients: () => ExampleClients,
): (slug: ExampleSlug) => Promise<System> {
  const made: Partial<Record<ExampleSlug, Promise<System>>> = {};
  const make = async (slug: ExampleSlug): Promise<System> => {
    const [{ answerSystem }, { connectToPortal }] = await Promise.all([
      import("./answer-system.ts"),
      import("./connect-to-portal.ts"),
    ]);
    return answerSystem(
      slug,
      origin,
      connectToPortal(portal, () => clients()[slug]),
    );
  };
  return (slug) => {
    made[slug] ??= make(slug);
    return made[slug];
  };
}

const listenOn = (server: Server, port: number): Promise<void> =>
  new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", failed);
      done();
    });
  });

type Settings = { portal: PortalOfExamples; origin: string; systems: (slug: ExampleSlug) => Promise<System> };

async function answer(req: IncomingMessage, res: ServerResponse, settings: Settings): Promise<void> {
  const { portal, origin, systems } = settings;
  // One page for whoever this browser is: its forms may lead to the portal's pages, where signing out is asked about.
  res.setHeader(
    "Content-Security-Policy",
    `default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' ${portal.origin}; base-uri 'none'; frame-ancestors 'none'`,
  );
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("Referrer-Policy", "same-origin");
  res.setHeader("Cache-Control", "no-store");
  const url = new URL(req.url ?? "/", origin);
  const language = languageOf(req, url);
  const wanted: PageWanted = { language, words: words[language], portal: portal.origin, path: url.pathname };
  const send = (one: Answer, cookies: string[] = []): void => {
    if (one.location) res.setHeader("Location", one.location);
    if (cookies.length > 0) res.setHeader("Set-Cookie", cookies);
    res.writeHead(one.status, one.plain || one.location ? {} : { "Content-Type": "text/html; charset=utf-8" });
    res.end(one.body);
  };
  try {
    // By another name of this machine, or from a page of somebody else's.
    if (`http://${req.headers.host}` !== origin) return send({ status: 421, body: "", plain: true });
    if (req.headers.origin !== undefined && req.headers.origin !== origin)
      return send({ status: 403, body: "", plain: true });
    const file = files[url.pathname];
    if (file) return void res.writeHead(200, { "Content-Type": file.type }).end(asPlainCss(fs.readFileSync(file.path)));
    const [, slug, route = "", more] = url.pathname.split("/");
    const chosen = url.searchParams.has("language") ? [`${LANGUAGE}=${language}; Path=/; SameSite=Lax`] : [];
    if (url.pathname === "/") return send({ status: 200, body: listPage(wanted) }, chosen);
    const given = isExampleSlug(slug) && more === undefined ? slug : undefined;
    const form = given && new URLSearchParams(await readForm(req));
    const cookie = `contoh-${slug}`;
    const browser = cookieOf(req, cookie);
    const found =
      given &&
      form &&
      (await (
        await systems(given)
      )({ method: req.method ?? "GET", route, url, browser, form, wanted }));
    if (!found) return send({ status: 404, body: missingPage(wanted) });
    const kept = found.browser ? [`${cookie}=${found.browser}; Path=/${slug}; HttpOnly; SameSite=Lax`] : [];
    send(found, [...chosen, ...kept]);
  } catch (fault) {
    // The portal is not there, or answered what openid-client does not take: said on the page, and why at the terminal.
    process.stderr.write(`kunci: example system: ${(fault as Error).message}\n`);
    if (!res.headersSent) send({ status: 502, body: wanted.words.refused.unreachable, plain: true });
    else res.destroy();
  }
}

/** The tokens without Tailwind's word for the dark, which nobody compiles here. */
const asPlainCss = (file: Buffer): string =>
  file.toString("utf8").replace("@variant dark {", "@media (prefers-color-scheme: dark) {");

async function readForm(req: IncomingMessage): Promise<string> {
  let read = "";
  for await (const chunk of req as AsyncIterable<Buffer>) {
    read += chunk.toString("utf8");
    if (read.length > LARGEST_FORM) throw new Error("a form was larger than any of its own");
  }
  return read;
}

const cookieOf = (req: IncomingMessage, name: string): string | undefined =>
  req.headers.cookie
    ?.split("; ")
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1);

function languageOf(req: IncomingMessage, url: URL): Language {
  const chosen = url.searchParams.get("language") ?? cookieOf(req, LANGUAGE);
  return isLanguage(chosen) ? chosen : "ms";
}
