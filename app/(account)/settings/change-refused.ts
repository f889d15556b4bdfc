import { redirect } from "next/navigation";
import type { ChangeRefusal } from "#lib/assurance/sensitive.ts";
import { stepUp } from "#lib/server/sign-in/step-up.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";

/**
 * Where a sensitive change leads that was refused for its proofs: to what is missing, and back to `path` afterwards,
 * which may then read what was `typed` there. Never returns.
 */
export const changeRefused = (refusal: ChangeRefusal, path: string, typed?: Record<string, string>): Promise<never> =>
  refusal === "step_up" ? stepUp(path, typed) : redirect(signInPath(path));
