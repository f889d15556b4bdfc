import type { IncomingMessage, ServerResponse } from "node:http";
import en from "#lib/text/en/front.json" with { type: "json" };
import ms from "#lib/text/ms/front.json" with { type: "json" };
import { type FrontSettings, isOidc, type Refusal, type Visit } from "../visit.ts";
import { plainPage, type Said } from "./plain-page.ts";

/** Of whoever is shown it. */
type Shown = Pick<Visit, "target" | "nonce" | "id" | "appearance">;

/** A whole answer, not sent yet. */
export type PlainAnswer = { status: number; headers: Record<string, string | number>; body: string };

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
  const { status, headers, body } = answerOf(res.req, refusal, visit, settings);
  res.writeHead(status, headers);
  res.end(res.req.method === "HEAD" ? undefined : body);
}

/** What it sends, for an answer that is under way already. By what was asked for: whoever handles a request may write another address into it. */
export function answerOf(
  { headers }: Pick<IncomingMessage, "headers">,
  refusal: Refusal,
  visit: Shown,
  settings: Pick<FrontSettings, "agency">,
): PlainAnswer {
  const isSystem = isOidc(visit.target) && !headers.accept?.includes("text/html");
  const body = isSystem ? oauthError(refusal) : refusalPage(refusal, visit, settings);
  const type = isSystem ? "application/json" : "text/html; charset=utf-8";
  return {
    status: refusal.status,
    headers: {
      "Content-Type": type,
      "Content-Length": Buffer.byteLength(body),
      "Cache-Control": "no-store",
      ...refusal.headers,
    },
    body,
  };
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

function refusalPage(refusal: Refusal, visit: Shown, { agency }: Pick<FrontSettings, "agency">): string {
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
