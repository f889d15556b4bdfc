import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { minutes, seconds } from "#lib/kernel/time.ts";
import type { Handler } from "../create-front.ts";
import { type CookieNames, type Wanted, wantedPage } from "./kept-page.ts";
import { HOLE, MADE_FOR_ALL } from "./made-for-all.ts";
import { takeDown } from "./take-down.ts";

/** How old the offices of the registration page, or what else a page read, may be. */
const KEPT_FOR = minutes(1);
/** How long the one who makes a page anew may take; afterwards the next one tries. */
const MADE_WITHIN = seconds(5);
/** Some 0.3 ms a page; a higher level takes twice as long for a twentieth less. */
const packed = promisify<Buffer, { level: number }, Buffer>(gzip);
const LEVEL = 4;

/** Numbers that stand for themselves in HTML and in scripts: all that are masked. */
const PLAIN = /^[0-9A-Z•-]+$/;

/** `text` has the nonce and the number of nobody: each answer is given a nonce of its own, so that none can be told ahead. */
type KeptPage = {
  text: Text;
  headers: OutgoingHttpHeaders;
  until: number;
  /** Until when whoever makes it anew has time to. */
  madeAnewBy: number;
  edition: string;
};
/** A page between its nonces, each stretch between its numbers. */
type Text = string[][];

/** `holds`: whether this request is answered without making a page, or makes the one that many wait for. */
export type KeptPages = { answer: Handler; holds: (req: IncomingMessage) => boolean };

export type KeptPagesSettings = {
  now: () => number;
  /** Another one when what administrators choose, or announce, is no longer what it was: no page of before is served. */
  edition: () => string;
  cookies: CookieNames;
  /** The number that a sign-in shows, where that is all it shows. One query. */
  numberShown: (signIn: NonNullable<Wanted["signIn"]>) => Promise<string | null>;
};

/**
 * Makes the pages everybody meets once a minute, language and look instead of once a request. Kept in this process,
 * never by browsers or proxies. Whoever is signed in, posts, follows a link with a query, or asks for Next.js's data is
 * served afresh; and so is a sign-in of which more is known than the number that was typed.
 */
export function keepPages(handler: Handler, settings: KeptPagesSettings): KeptPages {
  const kept = new Map<string, KeptPage>();
  const usable = (key: string, edition: string): KeptPage | undefined => {
    const page = kept.get(key);
    return page && page.edition === edition && page.until + MADE_WITHIN > settings.now() ? page : undefined;
  };
  const answer: Handler = async (req, res) => {
    const wanted = wantedPage(req, settings.cookies);
    const number = wanted?.signIn ? await settings.numberShown(wanted.signIn) : "";
    if (wanted === null || number === null || (wanted.signIn && !PLAIN.test(number))) return handler(req, res);
    const key = keyOf(req, wanted);
    // As it was before the page is made: one that changes meanwhile may not be in it.
    const edition = settings.edition();
    const page = usable(key, edition);
    if (page && Math.max(page.until, page.madeAnewBy) > settings.now()) return send(req, res, page, number);
    // One makes it anew; who comes meanwhile is given that of before, or a crowd would make it all at once.
    if (page) page.madeAnewBy = settings.now() + MADE_WITHIN;
    // Next.js reads cookies in a way of its own (`%65n` is "en" to it): were it given the client's, whoever comes first
    // could have another page kept for everybody than the one that the key names.
    req.headers.cookie = wanted.cookie;
    if (wanted.signIn) req.headers[MADE_FOR_ALL] = "1";
    delete req.headers["accept-encoding"];
    takeDown(res, (text) => {
      const made = apart(text, nonceOf(req));
      const type = String(res.getHeader("content-type") ?? "");
      const isPage = res.statusCode === 200 && type.startsWith("text/html") && !res.hasHeader("set-cookie");
      // Whoever asked may have gone away, and Next.js left off in the middle.
      if (isPage && !res.destroyed)
        kept.set(key, {
          ...{ text: made, headers: { "content-type": type, vary: "Accept-Encoding, Cookie" } },
          ...{ until: settings.now() + KEPT_FOR, madeAnewBy: 0, edition },
        });
      return together(made, nonceOf(req), number);
    });
    return handler(req, res);
  };
  const holds = (req: IncomingMessage): boolean => {
    const wanted = wantedPage(req, settings.cookies);
    return wanted !== null && !wanted.signIn && usable(keyOf(req, wanted), settings.edition()) !== undefined;
  };
  return { answer, holds };
}

const keyOf = ({ url }: IncomingMessage, { cookie }: Wanted): string => `${cookie} ${url}`;
const nonceOf = (req: IncomingMessage): string => String(req.headers["x-nonce"]);

const apart = (text: string, nonce: string): Text => text.split(nonce).map((stretch) => stretch.split(HOLE));
const together = (text: Text, nonce: string, number: string): string =>
  text.map((stretch) => stretch.join(number)).join(nonce);

async function send(
  req: IncomingMessage,
  res: ServerResponse,
  { text, headers }: KeptPage,
  number: string,
): Promise<void> {
  const page = Buffer.from(together(text, nonceOf(req), number));
  const packs = /\bgzip\b/.test(String(req.headers["accept-encoding"] ?? ""));
  const body = packs ? await packed(page, { level: LEVEL }) : page;
  res
    .writeHead(200, { ...headers, ...(packs && { "content-encoding": "gzip" }), "content-length": body.length })
    .end(body);
}
