import { redirect } from "next/navigation";
import type { ChangeRefusal } from "#lib/assurance/sensitive.ts";
import { stepUp } from "#lib/server/step-up.ts";

/** Where a sensitive change leads that was refused for its proofs: to what is missing, and back to `path` afterwards. Never returns. */
export const changeRefused = (refusal: ChangeRefusal, path: string): Promise<never> =>
  refusal === "step_up" ? stepUp(path) : redirect(`/sign-in?returnTo=${encodeURIComponent(path)}`);
