import { createHash } from "node:crypto";
import { setImmediate as otherWork } from "node:timers/promises";
import { commonForm, isPredictable, KEPT_DIGITS, PREFIX_DIGITS } from "./common-form.ts";
import { malayPasswords } from "./malay-passwords.ts";

/** Whether guessers try this one first: by list (49,233 leaked passwords and the Malay ones), or by pattern. */
export async function isCommonPassword(plain: string): Promise<boolean> {
  if (isPredictable(plain)) return true;
  const list = await commonList();
  const wanted = placeOf(commonForm(plain));
  return list[firstNotBelow(list, wanted)] === wanted;
}

/** The list's entries under the first three hex digits, each as its other thirteen. Some ten; the same for everybody. */
export async function commonSuffixes(prefix: string): Promise<string[]> {
  const list = await commonList();
  const bits = BigInt(4 * (KEPT_DIGITS - PREFIX_DIGITS));
  const from = BigInt(`0x${prefix}`) << bits;
  const start = firstNotBelow(list, from);
  const end = firstNotBelow(list, from + (1n << bits));
  return Array.from(list.subarray(start, end), (place) =>
    place.toString(16).padStart(KEPT_DIGITS, "0").slice(PREFIX_DIGITS),
  );
}

/** The first eight bytes of SHA-256, as a number: two of 50,000 meet by chance once in ten thousand million lists. */
const placeOf = (form: string): bigint => createHash("sha256").update(form).digest().readBigUInt64BE();

function firstNotBelow(list: BigUint64Array, wanted: bigint): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as bigint) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Once for pages and routes together, which evaluate modules separately. Sorted numbers take 0.4 MB, a set of strings ten times that.
const shared = globalThis as typeof globalThis & { kunciCommonPasswords?: Promise<BigUint64Array> | undefined };

function commonList(): Promise<BigUint64Array> {
  shared.kunciCommonPasswords ??= buildList().catch((fault: unknown) => {
    shared.kunciCommonPasswords = undefined;
    throw fault;
  });
  return shared.kunciCommonPasswords;
}

/** Entries between which other requests get their turn; some 5 ms of work. */
const SLICE = 2_000;

async function buildList(): Promise<BigUint64Array> {
  const { default: leaked } = await import("@zxcvbn-ts/language-common/src/passwords.json", { with: { type: "json" } });
  const forms = new Set<string>();
  for (const [at, entry] of [...leaked, ...malayPasswords].entries()) {
    forms.add(commonForm(entry));
    if (at % SLICE === 0) await otherWork();
  }
  return BigUint64Array.from(forms, placeOf).sort();
}
