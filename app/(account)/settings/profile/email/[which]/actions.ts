"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { domainsOfOwner } from "#lib/account/mailbox/domains-of-owner.ts";
import { removePersonalEmail } from "#lib/account/mailbox/remove-personal-email.ts";
import { type MailboxAnswer, requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { viewMailbox } from "#lib/account/mailbox/view-mailbox.ts";
import { withdrawMailboxChange } from "#lib/account/mailbox/withdraw-mailbox-change.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { changeRefused } from "../../../change-refused.ts";
import { fieldOf, type MailboxField, mailboxKind, pathOf } from "./mailbox-kind.ts";

/** RFC 5321 allows 254; a little more is read, so that its owner is told that it is too long. */
const TYPED_MAX = 300;

function kindIn(form: FormData): MailboxKind {
  const which = mailboxKind(form.get("which"));
  if (!which) notFound();
  return which;
}

/** Asks for the letter to another address. What was typed is given back where something is wrong with it. */
export async function askForMailbox(_: FormState<MailboxField>, form: FormData): Promise<FormState<MailboxField>> {
  const which = kindIn(form);
  const name = fieldOf[which];
  const [{ ctx }, t] = await Promise.all([requireSession(pathOf(which)), getTranslations("mailboxChange")]);
  const words = refusalWords(ctx.request.language, { domains: await domainsOfOwner(ctx) });
  const refused = (message: string): FormState<MailboxField> => ({
    values: { [name]: typedIn(form, name) },
    errors: { [name]: message },
  });
  const typed = field(form, name, { max: TYPED_MAX });
  if (!typed.ok) {
    if (typed.error === "missing") return refused(t("missing"));
    return refused(words(typed.error === "too_long" ? "email_too_long" : typed.error));
  }
  const asked = await requestMailboxChange(ctx, which, typed.value);
  if (asked.ok) {
    await forgetTyped();
    redirect(pathOf(which));
  }
  switch (asked.error) {
    case "step_up":
    case "signed_out":
      return changeRefused(asked.error, pathOf(which), { [name]: typed.value });
    case "on_hold":
      // The page itself says until when.
      return redirect(pathOf(which));
    case "mailbox_same":
      return refused(t("same"));
    case "mailbox_is_official":
      return refused(t("isOfficial"));
    case "mailbox_is_personal":
      return refused(t("isPersonal"));
    case "throttled":
      return refused(t("throttled"));
    default:
      return refused(words(asked.error));
  }
}

/** The letter once more, to the address that is waited for; or the first one to an address that was never proven. */
export async function sendLetter(form: FormData): Promise<void> {
  const which = kindIn(form);
  const path = pathOf(which);
  const { ctx } = await requireSession(path);
  const mailbox = await viewMailbox(ctx, which);
  const to = mailbox?.awaited?.mailbox ?? mailbox?.address;
  if (!to) redirect(path);
  return sent(await requestMailboxChange(ctx, which, to), path);
}

function sent(asked: MailboxAnswer, path: string): Promise<never> {
  if (!asked.ok && (asked.error === "step_up" || asked.error === "signed_out")) return changeRefused(asked.error, path);
  if (asked.ok) redirect(`${path}?sent=again`);
  redirect(asked.error === "throttled" ? `${path}?sent=soon` : path);
}

export async function withdrawMailbox(form: FormData): Promise<void> {
  const which = kindIn(form);
  const path = pathOf(which);
  const { ctx } = await requireSession(path);
  const withdrawn = await withdrawMailboxChange(ctx, which);
  if (!withdrawn.ok) return changeRefused(withdrawn.error, path);
  redirect(`${path}?done=withdrawn`);
}

export async function removePersonal(): Promise<void> {
  const path = pathOf("personal");
  const { ctx } = await requireSession(path);
  const removed = await removePersonalEmail(ctx);
  if (!removed.ok) return changeRefused(removed.error, path);
  redirect(`${path}?done=removed`);
}
