/** The same in base64url but for one character, near the end and not in the last group, some of whose bits may mean nothing. */
export function altered(text: string): string {
  const at = text.length - 8;
  return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
}
