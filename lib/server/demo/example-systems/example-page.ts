import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import type { Messages } from "#lib/text/messages.ts";
import { html, type SafeHtml } from "./safe-html.ts";
import type { SignedIn } from "./sign-in.ts";
import { type ExampleSlug, exampleSlugs, exampleSystems } from "./systems.ts";

export type Words = Messages["exampleSystems"];
export type Notice = { kind: "good" | "look"; text: string };
export type PageWanted = { language: Language; words: Words; portal: string; path: string };

/** Everything but the middle: each system's own head, whose stripe tells them apart. */
export function frame(wanted: PageWanted, slug: ExampleSlug | null, title: string, main: SafeHtml): string {
  const { language, words, portal, path } = wanted;
  const other = language === "ms" ? "en" : "ms";
  const name = slug === null ? words.heading : exampleSystems[slug].name;
  const page = html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · ${name}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/tokens.css"><link rel="stylesheet" href="/example.css"><link rel="stylesheet" href="/button.css"></head>
<body class="${slug ?? "all"}"><header><div class="wrap"><a class="name" href="${slug === null ? "/" : `/${slug}`}"><span class="badge" aria-hidden="true">${name.slice(0, 1)}</span>${name}</a>
<nav><a href="${path}?language=${other}" lang="${other}" hreflang="${other}">${words.otherLanguage}</a></nav></div></header>
<main class="wrap">${main}</main>
<footer class="wrap"><p>${words.demo}</p><p>${slug === null ? undefined : html`<a href="/">${words.all}</a> · `}<a href="${portal}/home">${words.launchpad}</a></p></footer></body></html>`;
  return page.text;
}

/** All three systems: what each of them asks for. */
export function listPage(wanted: PageWanted): string {
  const { words, language } = wanted;
  const cards = exampleSlugs.map((slug) => {
    const { name, descriptionMs, descriptionEn } = exampleSystems[slug];
    return html`<li class="card ${slug}"><h2><a href="/${slug}">${name}</a></h2><p>${(language === "ms" ? descriptionMs : descriptionEn) ?? ""}</p><p class="muted">${words.open[slug]}</p></li>`;
  });
  return frame(
    wanted,
    null,
    words.heading,
    html`<h1>${words.heading}</h1><p class="lead">${words.lead}</p><ul class="cards">${cards}</ul>`,
  );
}

/** A system to somebody who is not signed in to it. */
export function welcomePage(wanted: PageWanted, slug: ExampleSlug, notice?: Notice): string {
  const { words, language } = wanted;
  const { name, descriptionMs, descriptionEn } = exampleSystems[slug];
  return frame(
    wanted,
    slug,
    words.signedOutLead,
    html`${note(notice)}<section class="panel"><h1>${name}</h1><p class="lead">${(language === "ms" ? descriptionMs : descriptionEn) ?? ""}</p><p>${words.signedOutLead} ${words.open[slug]}</p>
<a class="log-masuk-bersepadu" href="/${slug}/sign-in"><img src="/mark-on-blue.svg" alt="" width="28" height="28">${words.button}</a></section>${others(words, slug)}`,
  );
}

/** A system to somebody who is signed in: who they are, all that it was told, and what to try. */
export function signedInPage(wanted: PageWanted, slug: ExampleSlug, known: SignedIn, notice?: Notice): string {
  const { words, language } = wanted;
  const { facts } = words;
  const { claims } = known;
  const { name, email, acr, auth_time: since, office, kunci_roles: roles } = claims;
  const place = office as { code?: string; name?: string } | null | undefined;
  const roleKeys = Array.isArray(roles) ? roles.map(String) : [];
  const rows: [string, string][] = [
    [facts.name, text(name, facts.none)],
    [facts.email, text(email, facts.none)],
    [facts.office, [place?.code, place?.name].filter(Boolean).join(" ") || facts.none],
    [facts.roles, roleKeys.map((key) => roleName(slug, key, language)).join(", ") || facts.none],
    [facts.level, levelWords(words, acr) ?? facts.none],
    [facts.since, typeof since === "number" ? formatDate(new Date(since * 1_000), language) : facts.none],
    [facts.session, known.sid ?? facts.none],
  ];
  const act = (path: string, title: string, why: string, loud = false) =>
    html`<form method="post" action="/${slug}/${path}"><button class="btn${loud ? " primary" : ""}">${title}</button><p class="muted">${why}</p></form>`;
  return frame(
    wanted,
    slug,
    words.who.replace("{name}", text(name, known.subject)),
    html`${note(notice)}<section class="panel"><h1>${words.who.replace("{name}", text(name, known.subject))}</h1>
<dl>${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl></section>
${slug === "perakaunan" ? html`<section class="panel"><h2>${words.vouchers.heading}</h2><p>${words.vouchers.lead}</p><p><a href="/perakaunan/vouchers">${words.vouchers.all}</a></p></section>` : undefined}
<section class="panel"><h2>${words.actions}</h2><div class="acts">${act("sign-out", words.signOut, words.signOutText, true)}${act("leave", words.leave, words.leaveText)}${act("refresh", words.refresh, words.refreshText)}${act("again", words.again, words.againText)}${acr === "urn:kunci:aal1" ? act("raise", words.raise, words.raiseText) : undefined}</div></section>
<details class="panel"><summary>${words.claims}</summary><div class="scroll" tabindex="0" role="region" aria-label="${words.claims}"><table><thead><tr><th scope="col">${words.claim}</th><th scope="col">${words.value}</th></tr></thead><tbody>${Object.entries(claims).map(([key, value]) => html`<tr><th scope="row"><code>${key}</code></th><td><code>${JSON.stringify(value)}</code></td></tr>`)}</tbody></table></div></details>${others(words, slug)}`,
  );
}

/** Says that there is nothing at an address. */
export const missingPage = (wanted: PageWanted): string =>
  frame(
    wanted,
    null,
    wanted.words.missing.heading,
    html`<section class="panel"><h1>${wanted.words.missing.heading}</h1><p>${wanted.words.missing.text}</p><p><a href="/">${wanted.words.all}</a></p></section>`,
  );

export const note = (notice: Notice | undefined): SafeHtml | undefined =>
  notice && html`<p class="note ${notice.kind}" role="status">${notice.text}</p>`;

const others = (words: Words, here: ExampleSlug): SafeHtml =>
  html`<section><h2>${words.others}</h2><ul class="cards">${exampleSlugs.filter((slug) => slug !== here).map((slug) => html`<li class="card ${slug}"><h3><a href="/${slug}">${exampleSystems[slug].name}</a></h3><p class="muted">${words.open[slug]}</p></li>`)}</ul></section>`;

const text = (value: unknown, none: string): string => (typeof value === "string" && value !== "" ? value : none);

export function roleName(slug: ExampleSlug, key: string, language: Language): string {
  const role = exampleSystems[slug].roles.find((one) => one.key === key);
  return role ? (language === "ms" ? role.nameMs : role.nameEn) : key;
}

function levelWords(words: Words, acr: unknown): string | undefined {
  return Object.entries(words.levels).find(([level]) => level === acr)?.[1];
}
