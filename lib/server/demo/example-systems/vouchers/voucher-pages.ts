import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { frame, type Notice, note, type PageWanted, roleName, type Words } from "../example-page.ts";
import { html, type SafeHtml } from "../safe-html.ts";
import type { Tampering } from "./try-tampering.ts";
import type { Said, Verdict } from "./verify-statement.ts";
import type { Standing, Voucher } from "./vouchers.ts";

export const VOUCHERS = "/perakaunan/vouchers";
export const voucherPath = (number: string): string => `/perakaunan/voucher-${number}`;

const ringgit = (amount: string, language: Language): string =>
  new Intl.NumberFormat(`${language}-MY`, { style: "currency", currency: "MYR" }).format(
    amount as Intl.StringNumericLiteral,
  );
export const titleOf = ({ vouchers }: Words, { what }: Voucher): string => vouchers.works[what];

/** The payments, and how each stands. */
export function vouchersPage(wanted: PageWanted, standings: readonly Standing[], notice?: Notice): string {
  const { words, language } = wanted;
  const { vouchers: said } = words;
  const rows = standings.map(
    ({ voucher, state }) =>
      html`<tr><th scope="row"><a href="${voucherPath(voucher.number)}">${titleOf(words, voucher)}</a><br><span class="muted">${voucher.payee}<br>${voucher.reference}</span></th><td>${ringgit(voucher.amount, language)}</td><td>${said.states[state]}</td></tr>`,
  );
  return frame(
    wanted,
    "perakaunan",
    said.heading,
    html`${note(notice)}<section class="panel"><h1>${said.heading}</h1><p class="lead">${said.lead}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${said.heading}"><table><thead><tr><th scope="col">${said.what}</th><th scope="col">${said.amount}</th><th scope="col">${said.state}</th></tr></thead><tbody>${rows}</tbody></table></div>
${standings.some(({ state }) => state === "fresh") ? undefined : html`<form method="post" action="/perakaunan/start-again"><button class="btn">${said.startAgain}</button><p class="muted">${said.startAgainText}</p></form>`}<p><a href="/perakaunan">${said.back}</a></p></section>`,
  );
}

/** What stands beside a voucher whose statement has come. */
export type Looked = {
  /** When the portal's keys were taken, which everything is verified with since. */
  keysFrom: Date;
  tampered: readonly { tampering: Tampering; verdict: Verdict }[];
};

type VoucherWanted = PageWanted & { standing: Standing; mayAsk: boolean; looked: Looked | undefined };

/** One payment: what it is, what was decided on it, and what was found in the statement. */
export function voucherPage(wanted: VoucherWanted, notice?: Notice): string {
  const { words, language, standing, mayAsk, looked } = wanted;
  const { vouchers: said } = words;
  const { voucher, state, statement, verdict, asked } = standing;
  const facts: [string, string][] = [
    [said.reference, voucher.reference],
    [said.payee, voucher.payee],
    [said.amount, ringgit(voucher.amount, language)],
    [said.state, said.states[state]],
    ...(asked ? ([[said.identifier, asked.identifier]] as [string, string][]) : []),
  ];
  const act = (path: string, title: string, why: string, loud = false) =>
    html`<form method="post" action="/perakaunan/${path}"><input type="hidden" name="number" value="${voucher.number}"><button class="btn${loud ? " primary" : ""}">${title}</button><p class="muted">${why}</p></form>`;
  const acts =
    state === "approved"
      ? undefined
      : html`<div class="acts">${mayAsk ? act("approve", said.ask, said.askText, true) : html`<p>${said.noRole}</p>`}${state === "waiting" ? act("fetch", said.fetch, said.fetchText) : undefined}</div>`;
  return frame(
    wanted,
    "perakaunan",
    titleOf(words, voucher),
    html`${note(notice)}<section class="panel"><h1>${titleOf(words, voucher)}</h1>${list(facts)}${acts}<p><a href="${VOUCHERS}">${said.all}</a></p></section>${verdict && statement && looked ? found(wanted, { verdict, statement, looked }) : undefined}`,
  );
}

function found(
  { words, language }: PageWanted,
  { verdict, statement, looked }: { verdict: Verdict; statement: string; looked: Looked },
): SafeHtml {
  const { vouchers: said } = words;
  const tampered = looked.tampered.map(
    ({ tampering, verdict: of }) =>
      html`<tr><th scope="row">${said.tampered[tampering]}</th><td>${of.ok ? said.taken : said.notTaken}</td><td>${of.ok ? "" : said.whys[whyOf(of.why)]} ${of.ok ? undefined : html`<code>${of.why}</code>`}</td></tr>`,
  );
  return html`<section class="panel" id="statement"><h2>${said.statement}</h2>
<p class="note${verdict.ok ? " good" : " look"}">${verdict.ok ? said.verified.replace("{at}", formatDate(looked.keysFrom, language)) : `${said.notVerified} ${said.whys[whyOf(verdict.why)]}`}</p>
${verdict.ok ? list(saidFacts(words, language, verdict.said)) : undefined}
<details><summary>${said.asItCame}</summary><p class="statement"><code>${statement}</code></p></details></section>
<section class="panel"><h2>${said.tamperHeading}</h2><p>${said.tamperText}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${said.tamperHeading}"><table><thead><tr><th scope="col">${said.trial}</th><th scope="col">${said.result}</th><th scope="col">${said.why}</th></tr></thead><tbody>${tampered}</tbody></table></div></section>`;
}

function saidFacts({ vouchers: said, levels }: Words, language: Language, payload: Said): [string, string][] {
  const text = (value: unknown): string => (typeof value === "string" ? value : "–");
  const level = Object.entries(levels).find(([known]) => known === payload.acr)?.[1];
  return [
    [said.decision, payload.decision === "approved" ? said.states.approved : said.states.refused],
    [said.who, `${text(payload.name)} (${text(payload.sub)})`],
    [said.role, roleName("perakaunan", text(payload.role), language)],
    [said.when, typeof payload.iat === "number" ? formatDate(new Date(payload.iat * 1_000), language) : "–"],
    [said.level, `${level ?? text(payload.acr)} (${Array.isArray(payload.amr) ? payload.amr.join(", ") : "–"})`],
    ...(typeof payload.reason === "string" ? ([[said.reason, payload.reason]] as [string, string][]) : []),
    [said.digest, text(payload.digest?.value)],
    [said.jti, text(payload.jti)],
  ];
}

/** The few reasons that are told apart in words; the library's own code stands beside them. */
function whyOf(why: string): keyof Words["vouchers"]["whys"] {
  if (why === "content") return "content";
  if (why === "ERR_JWS_SIGNATURE_VERIFICATION_FAILED") return "signature";
  if (why === "ERR_JWT_CLAIM_VALIDATION_FAILED") return "claim";
  if (why === "ERR_JOSE_ALG_NOT_ALLOWED") return "alg";
  return "other";
}

const list = (facts: readonly [string, string][]): SafeHtml =>
  html`<dl>${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
