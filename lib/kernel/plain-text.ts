import { ok, type Result, refuse } from "./result.ts";

export const textRefusals = [
  "missing",
  "repeated",
  "not_text",
  "too_long",
  "broken_text",
  "control_characters",
  "bidi_override",
  "invisible_characters",
] as const;
export type TextRefusal = (typeof textRefusals)[number];

/** Half a surrogate pair, the mark that a decoder leaves for bytes it could not read, noncharacters, private use. */
const BROKEN = /[\p{Surrogate}\uFFFD\p{Noncharacter_Code_Point}\p{Private_Use}]/u;
/** C0 and C1 controls (NUL, CR, LF, tab, DEL, NEL) and the line and paragraph separators: no single-line field holds them. */
const CONTROL = /[\p{Control}\u2028\u2029]/u;
/** Marks, embeddings, overrides and isolates that turn text around: what is read is not what is stored (UAX #9). */
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** Zero-width and other ignorable code points, so that two values never look alike and differ. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** Emoji carry these two; the parsers of names and addresses refuse emoji in words of their own. */
const EMOJI_STYLE = /[\uFE0E\uFE0F]/gu;

/** How many characters a person would count, near enough: code points, never UTF-16 units. */
export const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
};

/** What stands in the way of keeping this as one line of text, or null. The value itself is not changed. */
export function unfitText(
  value: string,
): Exclude<TextRefusal, "missing" | "repeated" | "not_text" | "too_long"> | null {
  if (BROKEN.test(value)) return "broken_text";
  if (CONTROL.test(value)) return "control_characters";
  if (BIDI.test(value)) return "bidi_override";
  if (INVISIBLE.test(value.replace(EMOJI_STYLE, ""))) return "invisible_characters";
  return null;
}

/**
 * The one way a form value is read: one line of text in NFC, without spaces at its ends, of at most `max` code points.
 * Refuses a name that is absent or blank (`missing`), given twice, or a file, and text that holds what nobody types.
 */
export function field(form: FormData, name: string, { max }: { max: number }): Result<string, TextRefusal> {
  const read = only(form, name, max);
  if (!read.ok) return read;
  const unfit = unfitText(read.value);
  if (unfit) return refuse(unfit);
  const text = read.value.normalize("NFC").trim();
  if (text === "") return refuse("missing");
  return lengthOf(text) > max ? refuse("too_long") : ok(text);
}

/**
 * Reads several lines, as a person writes them: as `field`, with line breaks kept as `\n`. Refuses the same.
 */
export function paragraphs(form: FormData, name: string, { max }: { max: number }): Result<string, TextRefusal> {
  const read = only(form, name, max);
  if (!read.ok) return read;
  const lines = read.value.split(/\r\n|\r|\n/);
  const unfit = lines.map(unfitText).find((refusal) => refusal !== null);
  if (unfit) return refuse(unfit);
  const text = lines
    .map((line) => line.normalize("NFC").trimEnd())
    .join("\n")
    .trim();
  if (text === "") return refuse("missing");
  return lengthOf(text) > max ? refuse("too_long") : ok(text);
}

/**
 * Reads a password: as `field`, but spaces at its ends and joined emoji are the person's own choice and stay.
 * `max` is in code points after NFC (NIST SP 800-63B-4 §3.1.1.2 counts each code point as one character).
 */
export function secretField(form: FormData, name: string, { max }: { max: number }): Result<string, TextRefusal> {
  const read = only(form, name, max);
  if (!read.ok) return read;
  if (read.value === "") return refuse("missing");
  if (BROKEN.test(read.value)) return refuse("broken_text");
  if (CONTROL.test(read.value)) return refuse("control_characters");
  const text = read.value.normalize("NFC");
  return lengthOf(text) > max ? refuse("too_long") : ok(text);
}

/** A code point takes at most two units and NFC joins at most four of a typed character, so longer than this is too long. */
const UNITS_PER_CHARACTER = 8;

function only(form: FormData, name: string, max: number): Result<string, TextRefusal> {
  const values = form.getAll(name);
  if (values.length > 1) return refuse("repeated");
  const value = values[0];
  if (value === undefined) return refuse("missing");
  if (typeof value !== "string") return refuse("not_text");
  return value.length > max * UNITS_PER_CHARACTER ? refuse("too_long") : ok(value);
}
