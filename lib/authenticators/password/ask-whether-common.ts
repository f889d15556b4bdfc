import { commonPrefix, isPredictable } from "./common-form.ts";

/**
 * For the live checklist, in the browser: whether a password is common, asked by its bucket alone. Throws where the portal
 * cannot be reached; the checklist then leaves the line open, and the server decides when the form is sent.
 */
export async function askWhetherCommon(plain: string): Promise<boolean> {
  if (isPredictable(plain)) return true;
  const { prefix, suffix } = await commonPrefix(plain);
  const answer = await fetch(`/api/common-passwords/${prefix}`);
  if (!answer.ok) throw new Error("The list of common passwords did not answer");
  return (await answer.text()).split("\n").includes(suffix);
}
