"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { decideRequest, withdrawRequest } from "#lib/helpdesk/two-officers/decide-request.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { isOfWhoAsks, refusedAt } from "../../../refused.ts";
import { requestPath, ticketPath } from "../paths.ts";

function requestIn(form: FormData): string {
  const id = form.get("request");
  if (!isUuid(id)) notFound();
  return id;
}

/** "Luluskan" or "Tolak"; what was typed comes back where something is wrong, and after a further proof. */
export async function decide(_: FormState<"reason">, form: FormData): Promise<FormState<"reason">> {
  const id = requestIn(form);
  const path = requestPath(id);
  const [{ ctx }, t] = await Promise.all([
    requireOfficer(path, "account.view"),
    getTranslations("officerRequests.page.errors"),
  ]);
  const decision = form.get("decision");
  if (decision !== "approve" && decision !== "decline") notFound();
  const reason = parseReason(form);
  const values = { reason: typedIn(form, "reason") };
  if (!reason.ok) return { values, errors: { reason: refusalWords(ctx.request.language)(reason.error) } };
  const decided = await decideRequest(ctx, id, { approve: decision === "approve", reason: reason.value });
  if (decided.ok) {
    await forgetTyped();
    if (decided.value.ticketId) redirect(ticketPath(id));
    redirect(`${path}?done=${decision === "approve" ? "approved" : "declined"}`);
  }
  const { error } = decided;
  if (isOfWhoAsks(error)) return refusedAt(error, path, { reason: reason.value });
  // The page itself says what became of it.
  if (error === "expired" || error === "not_open") redirect(path);
  return { values, errors: { form: t(error) } };
}

/** Whoever asked takes it back. The page says what became of it. */
export async function withdraw(form: FormData): Promise<void> {
  const id = requestIn(form);
  const path = requestPath(id);
  const { ctx } = await requireOfficer(path, "account.view");
  const withdrawn = await withdrawRequest(ctx, id);
  redirect(withdrawn.ok ? `${path}?done=withdrawn` : path);
}
