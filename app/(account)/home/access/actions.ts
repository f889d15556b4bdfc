"use server";
import { redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { paragraphs } from "#lib/kernel/plain-text.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requestAccess } from "#lib/relying-party/access/request-access.ts";
import { NOTE_MAX } from "#lib/relying-party/access/seal-request-words.ts";
import { withdrawAccessRequest } from "#lib/relying-party/access/withdraw-access-request.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { limits } from "#lib/throttle/limits.ts";

const PATH = "/home/access";

/** What cannot be asked for any more leads to the list, which shows why: it waits already, or is among the systems. */
export async function askForSystem(_: FormState<"note">, form: FormData): Promise<FormState<"note">> {
  const { ctx } = await requireSession(PATH);
  const systemId = form.get("systemId");
  if (!isUuid(systemId)) redirect(PATH);
  const t = await getTranslations("launchpad.access");
  const values = { note: typedIn(form, "note") };
  const note = paragraphs(form, "note", { max: NOTE_MAX });
  if (!note.ok && note.error !== "missing") {
    const words = refusalWords(ctx.request.language);
    return {
      values,
      errors: { note: note.error === "too_long" ? t("noteTooLong", { max: NOTE_MAX }) : words(note.error) },
    };
  }
  const asked = await requestAccess(ctx, { relyingPartyId: systemId, note: note.ok ? note.value : undefined });
  if (asked.ok) redirect(`${PATH}?done=asked&of=${systemId}`);
  if (asked.error === "signed_out") redirect(signInPath(PATH));
  if (asked.error === "too_many")
    return { values, errors: { form: t("tooMany", { count: limits.accessRequests.points }) } };
  redirect(PATH);
}

export async function withdrawRequest(form: FormData): Promise<void> {
  const { ctx } = await requireSession(PATH);
  const [requestId, systemId] = [form.get("requestId"), form.get("systemId")];
  const withdrawn = isUuid(requestId) && (await withdrawAccessRequest(ctx, requestId)).ok;
  redirect(withdrawn && isUuid(systemId) ? `${PATH}?done=withdrawn&of=${systemId}` : PATH);
}
