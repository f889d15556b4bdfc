import { secretField } from "#lib/kernel/plain-text.ts";
import { ok } from "#lib/kernel/result.ts";
import type { RefusalCode } from "#lib/text/refusal-words.ts";

type Wrong = { field: "password" | "passwordAgain"; code: RefusalCode | "differs" };

/** A new password as it was typed, twice alike; or what is wrong with which of the two. */
export function readNewPassword(form: FormData): { ok: true; value: string } | { ok: false; wrong: Wrong } {
  const password = secretField(form, "password", { max: 128 });
  if (!password.ok)
    return {
      ok: false,
      wrong: { field: "password", code: password.error === "too_long" ? "password_too_long" : password.error },
    };
  const again = secretField(form, "passwordAgain", { max: 128 });
  if (!again.ok || again.value !== password.value)
    return { ok: false, wrong: { field: "passwordAgain", code: "differs" } };
  return ok(password.value);
}
