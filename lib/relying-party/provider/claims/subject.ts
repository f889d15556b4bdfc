import { createHmac } from "node:crypto";

export type SubjectType = "public" | "pairwise";

/**
 * The name under which one relying party knows somebody where it must not be able to compare notes with others (OpenID
 * Connect Core §8.1): made of the account's own seed and the host of the relying party, and told by nobody to anybody else.
 */
export const pairwiseSubject = (pairwiseSeed: string, sector: string): string =>
  createHmac("sha256", pairwiseSeed).update(`subject\0${sector}`).digest("base64url");

/** The `sub` that a relying party is told, of ID tokens and logout tokens alike. */
export function subjectAt(
  { subject, pairwiseSeed }: { subject: string; pairwiseSeed: string },
  { subjectType, redirectUris }: { subjectType: SubjectType; redirectUris: readonly string[] },
): string {
  const [first] = redirectUris;
  return subjectType === "pairwise" && first !== undefined
    ? pairwiseSubject(pairwiseSeed, new URL(first).host)
    : subject;
}
