"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { endRole } from "#lib/helpdesk/roles/end-role.ts";
import { grantRole } from "#lib/helpdesk/roles/grant-role.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { isRole } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import { type PeriodField, readPeriod } from "../../../read-period.ts";
import { rolesPath } from "../paths.ts";

export type GrantField = "role" | "offices" | PeriodField;

const idIn = (form: FormData, name: string): string => (isUuid(form.get(name)) ? typedIn(form, name) : notFound());

export async function giveRole(_: FormState<GrantField>, form: FormData): Promise<FormState<GrantField>> {
  const account = idIn(form, "account");
  const path = rolesPath(account);
  const { ctx } = await requireOfficer(path, "role.request");
  const words = refusalWords(ctx.request.language);
  const offices = form.getAll("offices").filter(isUuid);
  const role = typedIn(form, "role");
  const period = readPeriod(form, words);
  const values = { role, offices: offices.join(" "), ...period.values };
  if (!isRole(role) || !period.wanted)
    return { values, errors: { ...(!isRole(role) && { role: words("role_missing") }), ...period.errors } };
  const granted = await grantRole(ctx, account, { role, offices, ...period.wanted });
  if (granted.ok) {
    await forgetTyped();
    redirect(`${path}?done=${granted.value.waits ? "waits" : "granted"}`);
  }
  if (isOfWhoAsks(granted.error)) return refusedAt(granted.error, path, values);
  switch (granted.error) {
    case "office_needed":
      return { values, errors: { offices: words(granted.error) } };
    case "period_backwards":
      return { values, errors: { until: words(granted.error) } };
    case "period_far":
      return { values, errors: { from: words(granted.error) } };
    default:
      return { values, errors: { form: words(granted.error) } };
  }
}

export async function takeRole(_: FormState<"reason">, form: FormData): Promise<FormState<"reason">> {
  const [account, grant] = [idIn(form, "account"), idIn(form, "grant")];
  const path = rolesPath(account);
  const { ctx } = await requireOfficer(path, "role.request");
  const words = refusalWords(ctx.request.language);
  const values = { reason: typedIn(form, "reason") };
  const reason = parseReason(form);
  if (!reason.ok) return { values, errors: { reason: words(reason.error) } };
  const ended = await endRole(ctx, account, grant, reason.value);
  if (ended.ok) {
    await forgetTyped();
    redirect(`${path}?done=ended`);
  }
  if (isOfWhoAsks(ended.error)) return refusedAt(ended.error, `${path}/end?grant=${grant}`, values);
  return { values, errors: { form: words(ended.error) } };
}
