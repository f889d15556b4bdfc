import type { ServerResponse } from "node:http";
import en from "#lib/text/en/front.json" with { type: "json" };
import ms from "#lib/text/ms/front.json" with { type: "json" };
import { plainPage, type Said } from "./plain-page.ts";
import type { FrontSettings, Refusal, Visit } from "./visit.ts";

/** Says no in both languages, Bahasa Malaysia first, with a way on; whose language it is, nobody knows here. */
export function sendRefusal(
  res: ServerResponse,
  refusal: Refusal,
  visit: Pick<Visit, "nonce">,
  settings: Pick<FrontSettings, "agency">,
): void {
  if (res.headersSent) return void res.destroy();
  const page = refusalPage(refusal, visit.nonce, settings);
  res.writeHead(refusal.status, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": Buffer.byteLength(page),
    "Cache-Control": "no-store",
    ...refusal.headers,
  });
  res.end(res.req.method === "HEAD" ? undefined : page);
}

/** The page itself, for who sends it otherwise. */
export function refusalPage(refusal: Refusal, nonce: string, { agency }: Pick<FrontSettings, "agency">): string {
  const fill = (text: string): string =>
    text.replace("{minutes}", String(refusal.minutes ?? 1)).replace("{phone}", agency.helpdeskPhone);
  const said = (words: typeof ms): Said => ({
    title: fill(words[refusal.words].title),
    text: fill(words[refusal.words].text),
    link:
      refusal.reload === undefined ? { href: "/", words: words.home } : { href: refusal.reload, words: words.reload },
    help: fill(words.help),
  });
  return plainPage({ ms: said(ms), en: said(en) }, nonce, { agency });
}
