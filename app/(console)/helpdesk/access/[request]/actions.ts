"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { approveAccess, refuseAccess } from "#lib/helpdesk/systems/decide-access.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { isOfWhoAsks, refusedAt } from "../../../refused.ts";
import { accessRequestPath } from "../../accounts/[account]/paths.ts";
import { fieldOf, type RolesField, readRolesForm } from "../../systems/read-roles-form.ts";

const requestIn = (form: FormData): string =>
  isUuid(form.get("request")) ? accessRequestPath(typedIn(form, "request")) : notFound();

export async function approve(_: FormState<RolesField>, form: FormData): Promise<FormState<RolesField>> {
  const path = requestIn(form);
  const { ctx } = await requireOfficer(path, "system.assign");
  const words = refusalWords(ctx.request.language);
  const { wanted, ...state } = readRolesForm(form, words);
  if (!wanted) return state;
  const approved = await approveAccess(ctx, typedIn(form, "request"), wanted);
  if (approved.ok) {
    await forgetTyped();
    redirect(`${path}?done=granted`);
  }
  if (isOfWhoAsks(approved.error)) return refusedAt(approved.error, path, state.values as Record<string, string>);
  return { ...state, errors: { [fieldOf(approved.error)]: words(approved.error) } };
}

export async function refuse(_: FormState<"answer">, form: FormData): Promise<FormState<"answer">> {
  const path = requestIn(form);
  const { ctx } = await requireOfficer(path, "system.assign");
  const words = refusalWords(ctx.request.language);
  const values = { answer: typedIn(form, "answer") };
  const answer = parseReason(form, "answer");
  if (!answer.ok) return { values, errors: { answer: words(answer.error) } };
  const refused = await refuseAccess(ctx, typedIn(form, "request"), answer.value);
  if (refused.ok) {
    await forgetTyped();
    redirect(`${path}?done=refused`);
  }
  if (isOfWhoAsks(refused.error)) return refusedAt(refused.error, path, values);
  return { values, errors: { form: words(refused.error) } };
}
