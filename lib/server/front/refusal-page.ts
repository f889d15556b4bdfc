import type { ServerResponse } from "node:http";
import en from "#lib/text/en/front.json" with { type: "json" };
import ms from "#lib/text/ms/front.json" with { type: "json" };
import { plainPage, type Said } from "./plain-page.ts";
import type { FrontSettings, Refusal, Visit } from "./visit.ts";

/** Of whoever is shown it. */
type Shown = Pick<Visit, "nonce" | "id" | "appearance">;

/**
 * Says no in both languages, Bahasa Malaysia first, with a way on; whose language it is, nobody knows here. A system that
 * calls the provider, and not a browser, is told as OAuth tells it.
 */
export function sendRefusal(
  res: ServerResponse,
  refusal: Refusal,
  visit: Shown,
  settings: Pick<FrontSettings, "agency">,
): void {
  if (res.headersSent) return void res.destroy();
  const { url = "", headers } = res.req;
  const isSystem = url.startsWith("/oidc/") && !headers.accept?.includes("text/html");
  const page = isSystem ? oauthError(refusal) : refusalPage(refusal, visit, settings);
  res.writeHead(refusal.status, {
    "Content-Type": isSystem ? "application/json" : "text/html; charset=utf-8",
    "Content-Length": Buffer.byteLength(page),
    "Cache-Control": "no-store",
    ...refusal.headers,
  });
  res.end(res.req.method === "HEAD" ? undefined : page);
}

/** RFC 6749 §5.2. */
function oauthError({ status, words }: Refusal): string {
  const error =
    status === 429 || status === 503 ? "temporarily_unavailable" : status >= 500 ? "server_error" : "invalid_request";
  return JSON.stringify({ error, error_description: en[words].title });
}

function linkOf({ reload, again }: Refusal, words: typeof ms): Said["link"] {
  if (again) return { href: again.target, words: words.again, fields: again.fields };
  return reload === undefined ? { href: "/", words: words.home } : { href: reload, words: words.reload };
}

/** The page itself, for who sends it otherwise. */
export function refusalPage(refusal: Refusal, visit: Shown, { agency }: Pick<FrontSettings, "agency">): string {
  const fill = (text: string): string =>
    text.replace("{minutes}", String(refusal.minutes ?? 1)).replace("{phone}", agency.helpdeskPhone);
  const said = (words: typeof ms): Said => ({
    title: fill(words[refusal.words].title),
    text: fill(words[refusal.words].text),
    link: linkOf(refusal, words),
    help: fill(words.help),
    // By it the fault is found in the log.
    ...(refusal.status >= 500 && { more: words.reference.replace("{request}", visit.id) }),
  });
  return plainPage({ ms: said(ms), en: said(en) }, visit.nonce, { agency, appearance: visit.appearance });
}
