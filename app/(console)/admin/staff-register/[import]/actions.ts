"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { parseDay } from "#lib/kernel/calendar-day.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { discardImport, startApplying } from "#lib/staff-register/import/decide-import.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../refused.ts";
import { importPath } from "../paths.ts";

export type ApplyField = "opensOn" | "suspendsOn" | "evenMany";

const importIn = (form: FormData): string => {
  const id = form.get("import");
  return isUuid(id) ? id : notFound();
};

export async function apply(_: FormState<ApplyField>, form: FormData): Promise<FormState<ApplyField>> {
  const id = importIn(form);
  const path = importPath(id);
  const { ctx } = await requireOfficer(path, "register.import");
  const { wrong } = messages[ctx.request.language].staffRegister.apply;
  const values = {
    opensOn: typedIn(form, "opensOn"),
    suspendsOn: typedIn(form, "suspendsOn"),
    evenMany: typedIn(form, "evenMany"),
  };
  const opensAt = values.opensOn === "" ? null : parseDay(values.opensOn);
  const suspendsAt = values.suspendsOn === "" ? null : parseDay(values.suspendsOn);
  if ((opensAt && !opensAt.ok) || (suspendsAt && !suspendsAt.ok))
    return {
      values,
      errors: {
        ...(opensAt && !opensAt.ok && { opensOn: wrong.day }),
        ...(suspendsAt && !suspendsAt.ok && { suspendsOn: wrong.day }),
      },
    };
  const started = await startApplying(ctx, id, {
    opensAt: opensAt?.value ?? null,
    suspendsAt: suspendsAt?.value ?? null,
    evenMany: values.evenMany === "on",
  });
  if (started.ok) {
    await forgetTyped();
    redirect(path);
  }
  const { error } = started;
  if (isOfWhoAsks(error)) return refusedAt(error, path, values);
  return { values, errors: { [error === "many_missing" ? "evenMany" : "form"]: wrong[error] } };
}

export async function discard(form: FormData): Promise<void> {
  const path = importPath(importIn(form));
  const { ctx } = await requireOfficer(path, "register.import");
  const discarded = await discardImport(ctx, importIn(form));
  if (!discarded.ok && isOfWhoAsks(discarded.error)) return refusedAt(discarded.error, path);
  // Decided by somebody else meanwhile: the page says what has become of it.
  redirect(path);
}
