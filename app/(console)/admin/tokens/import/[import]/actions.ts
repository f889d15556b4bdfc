"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { applyTokens, discardTokens } from "#lib/campaign/tokens/import/decide-token-import.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import { tokenImportPath } from "../../paths.ts";

const importIn = (form: FormData): string => {
  const id = form.get("import");
  return isUuid(id) ? id : notFound();
};

export async function apply(_: FormState<never>, form: FormData): Promise<FormState<never>> {
  const path = tokenImportPath(importIn(form));
  const { ctx } = await requireOfficer(path, "register.import");
  const applied = await applyTokens(ctx, importIn(form));
  if (applied.ok) redirect(path);
  if (isOfWhoAsks(applied.error)) return refusedAt(applied.error, path);
  return { values: {}, errors: { form: messages[ctx.request.language].hardwareTokens.import.decided } };
}

export async function discard(form: FormData): Promise<void> {
  const path = tokenImportPath(importIn(form));
  const { ctx } = await requireOfficer(path, "register.import");
  const discarded = await discardTokens(ctx, importIn(form));
  if (!discarded.ok && isOfWhoAsks(discarded.error)) return refusedAt(discarded.error, path);
  // Decided by somebody else meanwhile: the page says what has become of it.
  redirect(path);
}
