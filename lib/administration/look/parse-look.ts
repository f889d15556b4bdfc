import { parseEmail } from "#lib/kernel/email-address.ts";
import { field, paragraphs } from "#lib/kernel/plain-text.ts";
import type { Settings } from "../settings/settings.ts";
import { isColour } from "./colours.ts";

export type LookField = "nameMs" | "nameEn" | "address" | "helpdeskPhone" | "helpdeskEmail" | "colour";
export type LookFieldRefusal =
  | "agency_name_missing"
  | "agency_text"
  | "agency_address_missing"
  | "agency_phone"
  | "agency_email"
  | "colour_unknown";

const NAME_MAX = 120;
const ADDRESS_MAX = 300;
/** As people write it: `03-0000 1234`, `+60 3-0000 1234`, `1-300-00-0000`. No extension: a tap dials all of it. */
const PHONE = /^\+?\d[\d ()-]{4,22}\d$/;

/** Reads the form of the agency's look, the crest apart. */
export function parseLook(
  form: FormData,
):
  | { ok: true; value: Omit<Settings["look"], "crest"> }
  | { ok: false; errors: Partial<Record<LookField, LookFieldRefusal>> } {
  const errors: Partial<Record<LookField, LookFieldRefusal>> = {};
  const name = (which: "nameMs" | "nameEn"): string => {
    const read = field(form, which, { max: NAME_MAX });
    if (read.ok) return read.value;
    errors[which] = read.error === "missing" ? "agency_name_missing" : "agency_text";
    return "";
  };
  const [nameMs, nameEn] = [name("nameMs"), name("nameEn")];
  const address = paragraphs(form, "address", { max: ADDRESS_MAX });
  if (!address.ok) errors.address = address.error === "missing" ? "agency_address_missing" : "agency_text";
  const phone = field(form, "helpdeskPhone", { max: 40 });
  if (!phone.ok || !PHONE.test(phone.value)) errors.helpdeskPhone = "agency_phone";
  const typed = field(form, "helpdeskEmail", { max: 254 });
  const email = typed.ok ? parseEmail(typed.value) : typed;
  if (!email.ok) errors.helpdeskEmail = "agency_email";
  const colour = form.get("colour");
  if (!isColour(colour)) errors.colour = "colour_unknown";
  if (!address.ok || !phone.ok || !email.ok || !isColour(colour) || Object.keys(errors).length > 0)
    return { ok: false, errors };
  return {
    ok: true,
    value: { nameMs, nameEn, address: address.value, helpdeskPhone: phone.value, helpdeskEmail: email.value, colour },
  };
}
