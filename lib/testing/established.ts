import type { SignedIn, SignInAnswer } from "#lib/sign-in/finish-proof.ts";

/** The session that a sign-in opened; throws with what it was told instead. */
export function established(answer: SignInAnswer): SignedIn {
  if (!answer.ok) throw new Error(`The sign-in was refused: ${answer.error}`);
  if (answer.value.step !== "established") throw new Error("The sign-in asks for more");
  return answer.value;
}
