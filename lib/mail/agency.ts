import type { Language } from "#lib/kernel/context.ts";

/** Whose portal it is, as the letters name it. */
export type Agency = {
  name: Readonly<Record<Language, string>>;
  /** One line; null leaves it out. */
  address: string | null;
  /** As it is written ("03-0000 1234"); null leaves the sentence out. */
  helpdeskPhone: string | null;
};
