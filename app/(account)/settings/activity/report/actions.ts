"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { paragraphs } from "#lib/kernel/plain-text.ts";
import { REPORT_MAX, reportEvent } from "#lib/recovery/lock/report-event.ts";
import { setCookie } from "#lib/server/request/browser-cookies.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { withdrawCookie } from "#lib/server/sign-in/auth.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { eventIdIn, reportPath } from "../paths.ts";

/** Locks the account and files the report. What was typed is given back where it cannot be kept as it is. */
export async function report(_: FormState<"reason">, form: FormData): Promise<FormState<"reason">> {
  const eventId = eventIdIn(form.get("event")) ?? notFound();
  const { ctx } = await requireSession(reportPath(eventId));
  const reason = paragraphs(form, "reason", { max: REPORT_MAX });
  if (!reason.ok && reason.error !== "missing") {
    const t = await getTranslations("activity.reporting");
    const typed = form.get("reason");
    return {
      values: { reason: typeof typed === "string" ? typed.slice(0, 2 * REPORT_MAX) : "" },
      errors: {
        reason:
          reason.error === "too_long"
            ? t("tooLong", { max: REPORT_MAX })
            : refusalWords(ctx.request.language)(reason.error),
      },
    };
  }
  const reported = await reportEvent(ctx, eventId, reason.ok ? reason.value : null);
  if (reported.ok) {
    await setCookie("locked", reported.value.reference);
    await withdrawCookie();
    redirect("/lock/done");
  }
  if (reported.error === "signed_out") redirect(signInPath(reportPath(eventId)));
  notFound();
}
