"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { checkIn, isOnsiteDocument } from "#lib/campaign/onsite/counter/check-in.ts";
import { verifyPresence } from "#lib/campaign/onsite/counter/verify-presence.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../../../../../refused.ts";
import { counterPath } from "../../../paths.ts";
import { readIds } from "../../../read-ids.ts";

export type CounterField = "document" | "walkIn" | "seen";
export type CounterState = FormState<CounterField>;

function readForm(form: FormData) {
  const ids = readIds(form);
  const accountId = form.get("account");
  if (!isUuid(accountId)) notFound();
  const document = form.get("document");
  return {
    ...ids,
    accountId,
    path: counterPath(ids.campaignId, ids.sessionId, accountId),
    document: isOnsiteDocument(document) ? document : null,
    walkIn: form.get("walkIn") === "yes",
    seen: form.get("seen") === "yes",
  };
}

/** They came, and their document was seen. */
export async function confirmHere(_: CounterState, form: FormData): Promise<CounterState> {
  const { sessionId, accountId, path, document, walkIn } = readForm(form);
  const { ctx } = await requireOfficer(path, "onsite.check_in");
  const { counter, checkIn: refused } = messages[ctx.request.language].onsite;
  const values = { ...(document && { document }), ...(walkIn && { walkIn: "yes" }) };
  if (!document) return { values, errors: { document: counter.documentMissing } };
  const checked = await checkIn(ctx, sessionId, accountId, { document, walkIn });
  if (checked.ok) redirect(`${path}?done=in`);
  switch (checked.error) {
    case "signed_out":
      return redirect(signInPath(path));
    case "not_found":
      return notFound();
    case "not_on_list":
      return { values, errors: { walkIn: refused.not_on_list } };
    default:
      return { values, errors: { form: refused[checked.error] } };
  }
}

/** One officer, having seen the person, opens the account's activation for the person's own phone. */
export async function handOver(_: CounterState, form: FormData): Promise<CounterState> {
  const { sessionId, accountId, path, document, seen } = readForm(form);
  const { ctx } = await requireOfficer(path, "presence.verify");
  const { counter, help } = messages[ctx.request.language].onsite;
  const values = { ...(document && { document }), ...(seen && { seen: "yes" }) };
  if (!document || !seen)
    return {
      values,
      errors: {
        ...(!document && { document: counter.documentMissing }),
        ...(!seen && { seen: help.seenMissing }),
      },
    };
  const handed = await verifyPresence(ctx, sessionId, accountId, document);
  if (handed.ok) redirect(`${path}/ticket`);
  if (isOfWhoAsks(handed.error)) return refusedAt(handed.error, path, values);
  return { values, errors: { form: help.barred[handed.error] } };
}
