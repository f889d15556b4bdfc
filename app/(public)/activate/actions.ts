"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { requestActivationLink } from "#lib/account/activation/request-activation-link.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { pendingRequest, rememberRequest } from "#lib/server/request/pending-request.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import type { IdentityField } from "../identity-fields.tsx";
import { readIdentity } from "../read-identity.ts";

/** Always the same answer: the page that says a letter is on its way if the number waits for one. */
export async function askForLink(_: FormState<IdentityField>, form: FormData): Promise<FormState<IdentityField>> {
  const ctx = await browserContext();
  const { typed, identity, errors } = readIdentity(form);
  if (!identity.ok) {
    const words = refusalWords(ctx.request.language);
    return { values: typed, errors: Object.fromEntries(Object.entries(errors).map(([at, code]) => [at, words(code)])) };
  }
  await requestActivationLink(ctx, identity.value);
  await rememberRequest(ctx, { identity: identity.value, officialEmail: null, requestedAt: ctx.now() });
  redirect("/activate/sent");
}

export async function sendAgain(): Promise<void> {
  const ctx = await browserContext();
  const pending = await pendingRequest(ctx);
  if (!pending) redirect("/activate");
  await requestActivationLink(ctx, pending.identity);
  await rememberRequest(ctx, { ...pending, requestedAt: ctx.now() });
  redirect(pending.officialEmail ? "/register/sent?again" : "/activate/sent?again");
}
