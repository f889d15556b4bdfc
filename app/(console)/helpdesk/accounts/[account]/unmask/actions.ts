"use server";
import { notFound } from "next/navigation";
import { changeRefused } from "#app/(account)/settings/change-refused.ts";
import { countryOf } from "#app/(account)/settings/profile/wanted-words.ts";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { unmaskIdentity } from "#lib/helpdesk/actions/unmask-identity.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { type IdentityNumber, showIdentity } from "#lib/kernel/identity-number.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { unmaskPath } from "../paths.ts";

/** The numbers, for as long as the page shows them; they are in this answer and nowhere else. */
export type Unmasked = FormState<"reason"> & { now?: string; wanted?: string | null; shownAt?: number };

export async function unmask(_: Unmasked, form: FormData): Promise<Unmasked> {
  const accountId = String(form.get("account"));
  const { ctx } = await requireOfficer(unmaskPath(accountId), "identity.unmask");
  const words = refusalWords(ctx.request.language);
  const reason = parseReason(form);
  const values = { reason: typedIn(form, "reason") };
  if (!reason.ok) return { values, errors: { reason: words(reason.error) } };
  const seen = await unmaskIdentity(ctx, { accountId, reason: reason.value });
  if (seen.ok) {
    await forgetTyped();
    const { now, wanted } = seen.value;
    const inFull = (identity: IdentityNumber) =>
      [showIdentity(identity), countryOf(identity, ctx.request.language)].filter(Boolean).join(", ");
    return { values: {}, errors: {}, now: inFull(now), wanted: wanted && inFull(wanted), shownAt: ctx.now().getTime() };
  }
  switch (seen.error) {
    case "not_found":
      return notFound();
    case "outranked":
      return { values, errors: { form: words("outranked") } };
    default:
      return changeRefused(seen.error, unmaskPath(accountId), values);
  }
}
