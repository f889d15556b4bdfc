import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";
import { countryOptions } from "./country-options.ts";
import type { IdentityWords } from "./identity-fields.tsx";

/** Forms that ask for one kind of number: MyKad, or with `?type=passport` a passport; each has a link to the other, without script. */
export function identityForm(language: Language, type: unknown) {
  const { mykadNumber, mykadHint, passportNumber, passportHint, country, countryPlaceholder } =
    messages[language].register.form;
  const words: IdentityWords = { mykadNumber, mykadHint, passportNumber, passportHint, country };
  return type === "passport"
    ? ({
        kind: "passport",
        words,
        countries: countryOptions(language, countryPlaceholder),
        other: { query: "", words: "useMykad" },
      } as const)
    : ({ kind: "mykad", words, countries: "", other: { query: "?type=passport", words: "usePassport" } } as const);
}
