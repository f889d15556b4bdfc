import { type Aal, levels, type Proof, resistsPhishing } from "#lib/assurance/assurance.ts";
import { subjectAt } from "../../provider/claims/subject.ts";
import { standingOf } from "../../provider/session/standing.ts";
import type { Statement } from "./make-statement.ts";

type Subject = Parameters<typeof subjectAt>;

/**
 * How a statement names whoever decided, and says how they were known: in the words of ID tokens. A `word` that was given by what
 * can be phished is told as no more than two factors, however the session began.
 */
export function knownBy(
  person: Subject[0],
  system: Subject[1],
  proofs: readonly Proof[],
  { level, word }: { level: Aal; word: Proof | null },
): Pick<Statement, "sub" | "acr" | "amr" | "auth_time"> {
  const tells = word === null || resistsPhishing(word) ? null : levels.filter((each) => each !== "aal2-phr");
  const standing = standingOf(proofs, { level, provenSince: null, tells });
  if (!standing.enough) throw new Error("Somebody decided who was not known well enough");
  const { acr, amr, authTime } = standing;
  return { sub: subjectAt(person, system), acr, amr, auth_time: authTime };
}
