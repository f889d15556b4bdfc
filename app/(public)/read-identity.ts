import { typedIn } from "#app/typed-in.ts";
import { type IdentityNumber, type IdentityRefusal, parseIdentityNumber } from "#lib/kernel/identity-number.ts";
import { field, type TextRefusal } from "#lib/kernel/plain-text.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import type { IdentityField } from "./identity-fields.tsx";

/** As typed, so that it can be shown again. */
export type TypedIdentity = Partial<Record<IdentityField, string>>;
export type IdentityErrors = Partial<Record<IdentityField, IdentityRefusal | TextRefusal | "identity_missing">>;

const NUMBER_MAX = 40;

/** Reads the three identity fields of any form. What is wrong is named by the field it belongs to. */
export function readIdentity(form: FormData): {
  typed: TypedIdentity;
  identity: Result<IdentityNumber, "wrong">;
  errors: IdentityErrors;
} {
  const [type, number, country] = [
    field(form, "identityType", { max: 20 }),
    field(form, "identityNumber", { max: NUMBER_MAX }),
    field(form, "passportCountry", { max: 2 }),
  ];
  const typed: TypedIdentity = {
    identityType: type.ok ? type.value : "mykad",
    identityNumber: number.ok ? number.value : typedIn(form, "identityNumber"),
    passportCountry: country.ok ? country.value : "",
  };
  const wrong = (errors: IdentityErrors) => ({
    typed,
    identity: { ok: false as const, error: "wrong" as const },
    errors,
  });

  if (!type.ok && type.error !== "missing") return wrong({ identityType: type.error });
  if (!number.ok) return wrong({ identityNumber: number.error === "missing" ? "identity_missing" : number.error });
  if (!country.ok && country.error !== "missing") return wrong({ passportCountry: country.error });
  const parsed = parseIdentityNumber({
    type: type.ok ? type.value : "mykad",
    number: number.value,
    country: country.ok ? country.value : null,
  });
  if (parsed.ok) return { typed, identity: ok(parsed.value), errors: {} };
  return wrong({ [fieldOf(parsed.error)]: parsed.error });
}

function fieldOf(refusal: IdentityRefusal): IdentityField {
  if (refusal === "identity_type") return "identityType";
  return refusal === "passport_country" || refusal === "passport_malaysian" ? "passportCountry" : "identityNumber";
}
