import type { AboutFieldRefusal } from "#lib/campaign/definition/parse/parse-about.ts";

/** What is wrong with fields of words, each by its name on the page: the summary lists them without their fields. */
export const wordsOfFields = <Field extends string>(
  words: Readonly<Record<AboutFieldRefusal, string>>,
  errors: Partial<Record<Field, AboutFieldRefusal>>,
  nameOf: (field: Field) => string,
): Partial<Record<Field, string>> =>
  Object.fromEntries(
    (Object.entries(errors) as [Field, AboutFieldRefusal][]).map(([field, refusal]) => [
      field,
      words[refusal].replace("{field}", () => nameOf(field)),
    ]),
  ) as Partial<Record<Field, string>>;
