"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { endSystemRole } from "#lib/helpdesk/systems/end-system-role.ts";
import { grantSystemRoles } from "#lib/helpdesk/systems/grant-system-roles.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import { fieldOf, type RolesField, readRolesForm } from "../../../systems/read-roles-form.ts";
import { endSystemRolePath, systemsPath } from "../paths.ts";

const idIn = (form: FormData, name: string): string => (isUuid(form.get(name)) ? typedIn(form, name) : notFound());

export async function giveRoles(_: FormState<RolesField>, form: FormData): Promise<FormState<RolesField>> {
  const [account, relyingPartyId] = [idIn(form, "account"), idIn(form, "system")];
  const path = systemsPath(account, relyingPartyId);
  const { ctx } = await requireOfficer(path, "system.assign");
  const words = refusalWords(ctx.request.language);
  const { wanted, ...state } = readRolesForm(form, words);
  if (!wanted) return state;
  const granted = await grantSystemRoles(ctx, account, { ...wanted, relyingPartyId });
  if (granted.ok) {
    await forgetTyped();
    redirect(`${systemsPath(account)}?done=granted`);
  }
  if (isOfWhoAsks(granted.error)) return refusedAt(granted.error, path, state.values as Record<string, string>);
  return { ...state, errors: { [fieldOf(granted.error)]: words(granted.error) } };
}

export async function takeSystemRole(_: FormState<"reason">, form: FormData): Promise<FormState<"reason">> {
  const [account, grant] = [idIn(form, "account"), idIn(form, "grant")];
  const path = endSystemRolePath(account, grant);
  const { ctx } = await requireOfficer(path, "system.assign");
  const words = refusalWords(ctx.request.language);
  const values = { reason: typedIn(form, "reason") };
  const reason = parseReason(form);
  if (!reason.ok) return { values, errors: { reason: words(reason.error) } };
  const ended = await endSystemRole(ctx, account, grant, reason.value);
  if (ended.ok) {
    await forgetTyped();
    redirect(`${systemsPath(account)}?done=ended`);
  }
  if (isOfWhoAsks(ended.error)) return refusedAt(ended.error, path, values);
  return { values, errors: { form: words(ended.error) } };
}
