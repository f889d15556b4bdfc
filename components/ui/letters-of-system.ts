import { initials } from "./initials.ts";

const JOINING = /^(?:dan|and|untuk|for|of|the|di|bagi)$/iu;

/** "AS" of "Aset dan stor": what only joins words has no letter, but where there is nothing else. */
export function lettersOfSystem(name: string): string {
  const words = name.split(/\s+/u);
  const telling = words.filter((word) => !JOINING.test(word));
  return initials((telling.length > 0 ? telling : words).join(" "));
}
