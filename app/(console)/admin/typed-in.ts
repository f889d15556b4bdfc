/** Longer than any field of these pages takes, and short enough for a page. */
const MOST = 4_000;

/** What was typed into a field, for showing it again; nothing where it was no text. */
export function typedIn(form: FormData, name: string): string {
  const values = form.getAll(name);
  return values.length === 1 && typeof values[0] === "string" ? values[0].slice(0, MOST) : "";
}
