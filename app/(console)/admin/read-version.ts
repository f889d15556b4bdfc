/** The version a form was made for; one that nothing can have where somebody sent something else. */
export function readVersion(form: FormData): number {
  const said = form.get("version");
  return typeof said === "string" && /^\d{1,9}$/.test(said) ? Number(said) : -1;
}
