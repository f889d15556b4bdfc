import type { Appearance } from "#lib/kernel/appearance.ts";
import type { Field } from "../parse-multipart.ts";
import type { FrontSettings } from "../visit.ts";

// The values of the design's tokens, and the fonts of the device: this page must stand when nothing else does.
const DARK =
  "--canvas:#0B111B;--surface:#121A27;--line:#283447;--ink:#EDF1F7;--muted:#B4BECD;--primary:#3A6BCB;--link:#A5C2F3;--focus:#8FB4F5";
const STYLE = `:root{color-scheme:light dark;--canvas:#F5F7FA;--surface:#fff;--line:#DEE3EB;--ink:#161D29;--muted:#515C6E;--primary:#1E428F;--link:#1E428F;--focus:#4572CB}
@media (prefers-color-scheme:dark){:root:not([data-theme]){${DARK}}}:root[data-theme=dark]{color-scheme:dark;${DARK}}:root[data-theme=light]{color-scheme:light}
@media (prefers-contrast:more){:root{--muted:var(--ink);--line:var(--ink)}}
*{box-sizing:border-box}body{margin:0;background:var(--canvas);color:var(--ink);font:1rem/1.6 Inter,"Segoe UI",system-ui,-apple-system,Roboto,"Noto Sans",sans-serif}
header{background:var(--surface);border-bottom:1px solid var(--line)}header div{display:flex;gap:.75rem;align-items:center;max-width:40rem;margin:auto;padding:.875rem 1rem}header p{margin:0;line-height:1.35}header span{color:var(--muted)}
main{max-width:40rem;margin:2.5rem auto;padding:0 1rem}section{background:var(--surface);border:1px solid var(--line);border-radius:1.25rem;padding:clamp(1.25rem,5vw,2.5rem);margin-bottom:1.5rem}
h1,h2{font-family:Poppins,Inter,"Segoe UI",system-ui,sans-serif;font-weight:600;letter-spacing:-.014em;margin:0 0 .5rem}h1{font-size:clamp(1.75rem,1.45rem + 1.3vw,2.25rem);line-height:1.22}h2{font-size:1.5rem;line-height:1.3}
p{margin:0 0 1rem;max-width:65ch}.help{color:var(--muted);margin-bottom:0}a,button{font:inherit;border:0;cursor:pointer;display:inline-flex;align-items:center;min-height:3rem;padding:.5rem 1.25rem;border-radius:.5rem;background:var(--primary);color:#fff;font-weight:600;text-decoration:none;margin-bottom:1rem}
section+section a,section+section button{background:none;color:var(--link);padding:0;text-decoration:underline}a:focus-visible,button:focus-visible{outline:3px solid var(--focus);outline-offset:2px}`;

const MARK = `<svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="10" fill="#1E428F"/><path d="M20 5.6 28.4 14 20 22.4 11.6 14Z" fill="none" stroke="#fff" stroke-width="2.6" stroke-linejoin="round"/><path d="M20 10.9 23.1 14 20 17.1 16.9 14Z" fill="#F3C95F"/><path d="M20 22.6V34M20.2 33h5M20.2 28h3.6" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>`;

/**
 * One thing to say, in one language; `more` is set smaller, for whoever is to be told of it. The way on is an address as it is
 * written, and with `fields` a form that posts them there.
 */
export type Said = {
  title: string;
  text: string;
  link: { href: string; words: string; fields?: readonly Field[] };
  help: string;
  more?: string;
};

/** A page that stands without Next.js, in both languages, Bahasa Malaysia first: whose language it is, nobody knows here. */
export function plainPage(
  { ms, en }: { ms: Said; en: Said },
  nonce: string,
  { agency, appearance = "device" }: Pick<FrontSettings, "agency"> & { appearance?: Appearance },
): string {
  const theme = appearance === "device" ? "" : ` data-theme="${appearance}"`;
  const part = (said: Said, heading: "h1" | "h2", lang: string): string =>
    `<section lang="${lang}"><${heading}>${plain(said.title)}</${heading}><p>${plain(said.text)}</p>${wayOn(said.link)}<p class="help">${plain(said.help)}</p>${said.more === undefined ? "" : `<p class="help"><small>${plain(said.more)}</small></p>`}</section>`;
  return `<!doctype html><html lang="ms"${theme}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${plain(ms.title)} · Kunci</title><style nonce="${nonce}">${STYLE}</style></head><body><header><div>${MARK}<p><strong>Kunci</strong><br><span>${plain(agency.nameMs)}</span></p></div></header><main>${part(ms, "h1", "ms")}${part(en, "h2", "en")}</main></body></html>`;
}

function wayOn({ href, words, fields }: Said["link"]): string {
  const to = plain(href);
  if (!fields) return `<a href="${to}">${plain(words)}</a>`;
  const kept = fields.map(({ name, value }) => `<input type="hidden" name="${plain(name)}" value="${plain(value)}">`);
  return `<form method="post" enctype="multipart/form-data" action="${to}">${kept.join("")}<button>${plain(words)}</button></form>`;
}

const plain = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
