import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { appearanceIn } from "#lib/kernel/appearance.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import type { Handler } from "./create-front.ts";

/** The pages that say the same to everybody who has not signed in, but for the language and the look. */
const SAME_FOR_ALL: ReadonlySet<string> = new Set([
  "/",
  "/register",
  "/activate",
  "/sign-in",
  "/recover",
  "/guide",
  "/guide/activation",
  "/guide/passkey",
  "/guide/other-device",
  "/guide/authenticator-app",
  "/guide/email-otp",
  "/guide/forgot-password",
  "/guide/first-aid",
  "/accessibility",
  "/privacy",
  "/security",
]);

/** How old the offices of the registration page, or what else a page read, may be. */
const KEPT_FOR = minutes(1);
/** How long the one who makes a page anew may take; afterwards the next one tries. */
const MADE_WITHIN = seconds(5);
/** Some 0.3 ms a page; a higher level takes twice as long for a twentieth less. */
const packed = promisify<Buffer, { level: number }, Buffer>(gzip);
const LEVEL = 4;

/** `parts` is the page between its nonces: each answer is given one of its own, so that none can be told ahead. */
type KeptPage = { parts: string[]; headers: OutgoingHttpHeaders; until: number; edition: string };

/** `holds`: whether this request is answered without making a page, or makes the one that many wait for. */
export type KeptPages = { answer: Handler; holds: (req: IncomingMessage) => boolean };

type Settings = {
  now: () => number;
  /** Another one when what administrators choose, or announce, is no longer what it was: no page of before is served. */
  edition: () => string;
  sessionCookie: string;
  languageCookie: string;
  appearanceCookie: string;
};

/**
 * Makes the pages everybody meets once a minute, language and look instead of once a request. Kept in this process,
 * never by browsers or proxies. Whoever is signed in, posts, follows a link with a query, or asks for Next.js's data is
 * served afresh.
 */
export function keepPages(handler: Handler, settings: Settings): KeptPages {
  const kept = new Map<string, KeptPage>();
  const usable = (key: string, edition: string): KeptPage | undefined => {
    const page = kept.get(key);
    return page && page.edition === edition && page.until + MADE_WITHIN > settings.now() ? page : undefined;
  };
  const answer: Handler = (req, res) => {
    const choice = choiceOf(req, settings);
    if (choice === null) return handler(req, res);
    const key = `${choice} ${req.url}`;
    // As it was before the page is made: one that changes meanwhile may not be in it.
    const edition = settings.edition();
    const page = usable(key, edition);
    if (page && page.until > settings.now()) return send(req, res, page);
    // One makes it anew; who comes meanwhile is given that of before, or a crowd would make it all at once.
    if (page) page.until = settings.now() + MADE_WITHIN;
    // Next.js reads cookies in a way of its own (`%65n` is "en" to it): were it given the client's, whoever comes first
    // could have another page kept for everybody than the one that the key names.
    req.headers.cookie = choice;
    return watch(req, res, handler, (made) => kept.set(key, { ...made, until: settings.now() + KEPT_FOR, edition }));
  };
  const holds = (req: IncomingMessage): boolean => {
    const choice = choiceOf(req, settings);
    return choice !== null && usable(`${choice} ${req.url}`, settings.edition()) !== undefined;
  };
  return { answer, holds };
}

/** The only cookies that such a page is made by; null where it is not one for all. */
function choiceOf(req: IncomingMessage, { sessionCookie, languageCookie, appearanceCookie }: Settings): string | null {
  if (req.method !== "GET" || !SAME_FOR_ALL.has(req.url ?? "")) return null;
  if (Object.keys(req.headers).some((name) => name === "rsc" || name.startsWith("next-"))) return null;
  const cookies = new Map(
    (req.headers.cookie ?? "").split(/; */).map((pair) => pair.split("=", 2) as [string, string]),
  );
  if (cookies.has(sessionCookie)) return null;
  const language = cookies.get(languageCookie) === "en" ? "en" : "ms";
  return `${languageCookie}=${language}; ${appearanceCookie}=${appearanceIn(cookies.get(appearanceCookie))}`;
}

const nonceOf = (req: IncomingMessage): string => String(req.headers["x-nonce"]);

type Passed = (...given: unknown[]) => unknown;

/**
 * Lets the page through to whoever asked first, and takes it down on the way: uncompressed, and only where it is one
 * for all.
 */
function watch(
  req: IncomingMessage,
  res: ServerResponse,
  handler: Handler,
  keep: (made: Omit<KeptPage, "until" | "edition">) => void,
): unknown {
  delete req.headers["accept-encoding"];
  const nonce = nonceOf(req);
  const chunks: Buffer[] = [];
  const [write, end] = [res.write.bind(res), res.end.bind(res)] as [Passed, Passed];
  const take = (chunk: unknown): void => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  res.write = ((chunk: unknown, ...rest: unknown[]) => {
    take(chunk);
    return write(chunk, ...rest);
  }) as typeof res.write;
  res.end = ((chunk: unknown, ...rest: unknown[]) => {
    take(chunk);
    return end(chunk, ...rest);
  }) as typeof res.end;
  res.once("finish", () => {
    const type = String(res.getHeader("content-type") ?? "");
    if (res.statusCode !== 200 || !type.startsWith("text/html") || res.hasHeader("set-cookie")) return;
    const parts = Buffer.concat(chunks).toString("utf8").split(nonce);
    keep({ parts, headers: { "content-type": type, vary: "Accept-Encoding, Cookie" } });
  });
  return handler(req, res);
}

async function send(req: IncomingMessage, res: ServerResponse, { parts, headers }: KeptPage): Promise<void> {
  const page = Buffer.from(parts.join(nonceOf(req)));
  const packs = /\bgzip\b/.test(String(req.headers["accept-encoding"] ?? ""));
  const body = packs ? await packed(page, { level: LEVEL }) : page;
  res
    .writeHead(200, { ...headers, ...(packs && { "content-encoding": "gzip" }), "content-length": body.length })
    .end(body);
}
