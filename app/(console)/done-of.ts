/** The words for what `?done=` names; none for anything that is not among them. */
export const doneOf = (words: Readonly<Record<string, string>>, done: unknown): string | undefined =>
  typeof done === "string" && Object.hasOwn(words, done) ? words[done] : undefined;
