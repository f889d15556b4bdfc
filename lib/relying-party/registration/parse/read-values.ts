import { lengthOf, unfitText } from "#lib/kernel/plain-text.ts";

/** What is wrong with one field. `line`: with which of several entries, from 0; null of the field as a whole. */
export type Fault<Field extends string, Refusal extends string> = {
  field: Field;
  line: number | null;
  refusal: Refusal;
};

export type ValueRefusal = "value_missing" | "value_text" | "value_long" | "value_unknown";

/** Reads the values of one object, field by field, and notes whatever is wrong with each. */
export function valuesOf<Field extends string, Refusal extends string>(given: Readonly<Record<string, unknown>>) {
  const faults: Fault<Field, Refusal | ValueRefusal>[] = [];
  const wrong = (field: Field, refusal: Refusal | ValueRefusal, line: number | null = null): null => {
    faults.push({ field, line, refusal });
    return null;
  };

  /** One line of text, or null where there is none. */
  const text = (field: Field, max: number): string | null => {
    const value = given[field];
    if (value === undefined || value === null) return null;
    if (typeof value !== "string" || unfitText(value) !== null) return wrong(field, "value_text");
    // Spaces of every kind and number look like one on a page.
    const said = value.normalize("NFC").trim().replace(/\s+/gu, " ");
    if (said === "") return null;
    return lengthOf(said) > max ? wrong(field, "value_long") : said;
  };

  const must = (field: Field, max: number): string => {
    const before = faults.length;
    const said = text(field, max);
    if (said === null && faults.length === before) wrong(field, "value_missing");
    return said ?? "";
  };

  const flag = (field: Field, otherwise: boolean): boolean => {
    const value = given[field];
    if (value === undefined || value === null) return otherwise;
    if (typeof value !== "boolean") wrong(field, "value_unknown");
    return value === true;
  };

  const choice = <Value extends string>(field: Field, known: readonly Value[], otherwise: Value): Value => {
    const value = given[field];
    if (value === undefined || value === null) return otherwise;
    const found = known.find((one) => one === value);
    if (found === undefined) wrong(field, "value_unknown");
    return found ?? otherwise;
  };

  /** The entries of a list of texts, as they were given. */
  const list = (field: Field, most: number): string[] => {
    const value = given[field];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) || value.some((one) => typeof one !== "string")) {
      wrong(field, "value_text");
      return [];
    }
    if (value.length > most) wrong(field, "value_long");
    return value.slice(0, most);
  };

  return { faults, wrong, text, must, flag, choice, list };
}
