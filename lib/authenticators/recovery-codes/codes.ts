/** Crockford's base32: no I, L, O or U, so that what is read from paper is typed alike. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * 80 bits: 16 letters of 5 bits. NIST SP 800-63B-4 §3.1.2.2 asks for 64 where guesses are counted, which they are here.
 */
const CODE_BYTES = 10;
const SHAPE = new RegExp(`^[${LETTERS}]{16}$`);

/** How many are made together. */
export const CODES = 10;

export function newRecoveryCode(random: (bytes: number) => Buffer): string {
  let bits = BigInt(`0x${random(CODE_BYTES).toString("hex")}`);
  let code = "";
  for (let n = 0; n < (CODE_BYTES * 8) / 5; n++) {
    code = LETTERS.charAt(Number(bits & 31n)) + code;
    bits >>= 5n;
  }
  return code;
}

/** As it is printed: `7K2M-…`. */
export const printed = (code: string): string => code.replace(/(.{4})(?=.)/g, "$1-");

/**
 * A code as it was typed: in small letters, full-width, with spaces or dashes anywhere, O for 0, I or L for 1. Null for
 * what cannot be one.
 */
export function readRecoveryCode(typed: string): string | null {
  const code = typed
    .normalize("NFKC")
    .replace(/[\s\p{Dash}]/gu, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return SHAPE.test(code) ? code : null;
}
