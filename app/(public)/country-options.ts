import type { Language } from "#lib/kernel/context.ts";
import { countries } from "#lib/kernel/countries.ts";

const made = new Map<string, string>();

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The options of the country select, empty choice first, as HTML. Made once a language. */
export function countryOptions(language: Language, placeholder: string): string {
  const known = made.get(language);
  if (known) return known;
  const options = countries(language).map(({ code, name }) => `<option value="${code}">${escaped(name)}</option>`);
  const html = `<option value="">${escaped(placeholder)}</option>${options.join("")}`;
  made.set(language, html);
  return html;
}
