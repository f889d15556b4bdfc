import type { Language } from "#lib/kernel/context.ts";

const known = new Set(Intl.supportedValuesOf("currency"));

/** How many decimals a currency of ISO 4217 has ("MYR" 2, "JPY" 0); null where there is none of that code. */
export const decimalsOf = (currency: string): number | null =>
  known.has(currency)
    ? (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : null;

/**
 * An amount as people of a language read it: "RM 12,500.00". From the text itself, never by way of a number, which would
 * round what is long.
 */
export const writeAmount = (amount: string, currency: string, language: Language): string =>
  new Intl.NumberFormat(`${language}-MY`, {
    style: "currency",
    currency,
    currencyDisplay: currency === "MYR" ? "symbol" : "code",
  }).format(amount as Intl.StringNumericLiteral);
