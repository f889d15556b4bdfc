/** Longer than any field takes, and short enough for a page. */
const MOST = 4_000;

/** What was typed into a text field, to be shown again: nothing where it was no text. */
export function typedIn(form: FormData, name: string): string {
  const values = form.getAll(name);
  return values.length === 1 && typeof values[0] === "string" ? values[0].slice(0, MOST) : "";
}
