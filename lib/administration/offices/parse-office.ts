import { field, paragraphs } from "#lib/kernel/plain-text.ts";
import type { DomainsRefusal } from "../settings/parse-domains.ts";
import { parseDomains } from "../settings/parse-domains.ts";

/** What an administrator says of an office. `emailDomains`: null where the agency's hold. */
export type OfficeWanted = { code: string; name: string; address: string | null; emailDomains: string[] | null };
export type OfficeField = "code" | "name" | "address" | "domains";
export type OfficeFieldRefusal =
  | "office_code_missing"
  | "office_code_shape"
  | "office_name_missing"
  | "office_text"
  | DomainsRefusal;

const CODE = /^[A-Z0-9](?:[A-Z0-9./-]{0,18}[A-Z0-9])?$/;
const NAME_MAX = 120;
const ADDRESS_MAX = 300;

/** Reads the form of an office: a code of letters and digits in upper case, a name of a line, an address of several. */
export function parseOffice(
  form: FormData,
): { ok: true; value: OfficeWanted } | { ok: false; errors: Partial<Record<OfficeField, OfficeFieldRefusal>> } {
  const errors: Partial<Record<OfficeField, OfficeFieldRefusal>> = {};
  const code = field(form, "code", { max: 40 });
  const shaped = code.ok ? code.value.toUpperCase() : "";
  if (!code.ok) errors.code = code.error === "missing" ? "office_code_missing" : "office_code_shape";
  else if (!CODE.test(shaped)) errors.code = "office_code_shape";
  const name = field(form, "name", { max: NAME_MAX });
  if (!name.ok) errors.name = name.error === "missing" ? "office_name_missing" : "office_text";
  const address = paragraphs(form, "address", { max: ADDRESS_MAX });
  if (!address.ok && address.error !== "missing") errors.address = "office_text";
  const typed = paragraphs(form, "domains", { max: 2_000 });
  const domains = typed.ok ? parseDomains(typed.value) : typed;
  if (!domains.ok && domains.error !== "missing" && domains.error !== "domains_missing")
    errors.domains =
      domains.error === "too_many_domains" || domains.error === "domain_personal" || domains.error === "domain_open"
        ? domains.error
        : "domain_shape";
  if (!name.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    value: {
      code: shaped,
      name: name.value.replace(/ {2,}/g, " "),
      address: address.ok ? address.value : null,
      emailDomains: domains.ok ? domains.value : null,
    },
  };
}
