import type { Context } from "#lib/kernel/context.ts";

/** Crockford's base 32: nothing in it is misread from paper. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 8;

/** `R-7F3Q-29MD`: the number of a receipt. 40 random bits; the database refuses a second one. */
export function newReceipt(random: Context["random"]): string {
  const characters = [...random(CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return `R-${characters.slice(0, 4)}-${characters.slice(4)}`;
}
