"use server";
import { redirect } from "next/navigation";
import { withdrawCase } from "#lib/account/open-case.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireSession } from "#lib/server/request/current-session.ts";

/** Takes back what waits. Where that is too late the profile shows what has become of it. */
export async function withdraw(form: FormData): Promise<void> {
  const { ctx } = await requireSession("/settings/profile");
  const caseId = field(form, "caseId", { max: 36 });
  const withdrawn = caseId.ok && isUuid(caseId.value) && (await withdrawCase(ctx, caseId.value)).ok;
  redirect(withdrawn ? "/settings/profile?done=withdrawn" : "/settings/profile");
}
