"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { isReturnPath } from "#lib/kernel/return-path.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { beginSignIn } from "#lib/sign-in/begin-sign-in.ts";
import { pages } from "#lib/sign-in/pages.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import type { IdentityField } from "../identity-fields.tsx";
import { readIdentity } from "../read-identity.ts";

/** Who it is. Goes on the same way whether or not anybody has the number. */
export async function identify(_: FormState<IdentityField>, form: FormData): Promise<FormState<IdentityField>> {
  const ctx = await browserContext();
  const { typed, identity, errors } = readIdentity(form);
  if (!identity.ok) {
    const words = refusalWords(ctx.request.language);
    return { values: typed, errors: Object.fromEntries(Object.entries(errors).map(([at, code]) => [at, words(code)])) };
  }
  const returnTo = field(form, "returnTo", { max: 500 });
  const { ceremonyToken } = await beginSignIn(
    ctx,
    identity.value,
    returnTo.ok && isReturnPath(returnTo.value) ? returnTo.value : null,
  );
  await setCookie("sign-in", ceremonyToken);
  redirect(pages.prove);
}
