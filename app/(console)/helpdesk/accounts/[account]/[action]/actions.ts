"use server";
import { notFound, redirect } from "next/navigation";
import { changeRefused } from "#app/(account)/settings/change-refused.ts";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { domainsOfAccount } from "#lib/account/mailbox/domains-of-owner.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { messages } from "#lib/text/messages.ts";
import { domainsInWords, refusalWords } from "#lib/text/refusal-words.ts";
import { accountPath, actionPath } from "../paths.ts";
import { type Deed, type DeedRefusal, deedOf, deeds } from "./deeds.ts";
import type { DeedField } from "./form.tsx";

/** Does what the page is about; whose account and which deed it is stands in the form. */
export async function act(_: FormState<DeedField>, form: FormData): Promise<FormState<DeedField>> {
  const name = deedOf(form.get("action"));
  const accountId = String(form.get("account"));
  if (!name) notFound();
  const deed: Deed = deeds[name];
  const { ctx } = await requireOfficer(actionPath(accountId, name), deed.right);
  const { language } = ctx.request;
  const reason = parseReason(form);
  const values = { reason: typedIn(form, "reason"), officialEmail: typedIn(form, "officialEmail") };
  if (!reason.ok) return { values, errors: { reason: refusalWords(language)(reason.error) } };

  const done = await deed.act(ctx, { accountId, reason: reason.value, typed: values.officialEmail });
  if (done.ok) redirect(`${accountPath(accountId)}?done=${name}`);
  const refusal = done.error as DeedRefusal;
  if (refusal === "signed_out") return changeRefused(refusal, actionPath(accountId, name));
  if (refusal === "not_found") notFound();
  const domains = domainsInWords(language, await domainsOfAccount(ctx.db, ctx, accountId));
  const said = messages[language].actions.refused[refusal].replace("{domains}", () => domains);
  return { values, errors: { [aboutMailbox(refusal) ? "officialEmail" : "form"]: said } };
}

const aboutMailbox = (refusal: DeedRefusal): boolean =>
  refusal.startsWith("email_") || refusal === "mailbox_same" || refusal === "mailbox_taken";
