"use server";
import { notFound, redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { declareRole, renameRole, retireRole } from "#lib/relying-party/registration/declare-roles.ts";
import { readRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { parseRole } from "#lib/relying-party/registration/parse/parse-role.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../../../refused.ts";
import type { AdminState } from "../../../admin-state.ts";
import { conflictOf } from "../../../conflict.ts";
import { readVersion } from "../../../read-version.ts";
import { idIn, pathOf, rolePath } from "../../paths.ts";
import { type RoleField, roleFields } from "./fields.ts";

/** A further role, or other names of one. */
export async function saveRole(_: AdminState<RoleField>, form: FormData): Promise<AdminState<RoleField>> {
  const [relyingPartyId, roleId] = [idIn(form, "party"), idIn(form, "role")];
  const path = rolePath(relyingPartyId, roleId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const { language } = ctx.request;
  const { refusals, roles } = messages[language].relyingParties;
  const values = Object.fromEntries(roleFields.map((name) => [name, typedIn(form, name)])) as Record<RoleField, string>;
  const version = readVersion(form);
  const kept = { ...values, version: String(Math.max(version, 0)) };
  const wanted = parseRole(values);
  if (!wanted.ok) {
    const errors = wanted.faults.map(({ field, refusal }) => [
      field,
      refusal === "value_missing" ? roles.missing[field] : refusals[refusal],
    ]);
    return { values: kept, errors: Object.fromEntries(errors) };
  }
  const which = { relyingPartyId, version };
  const outcome =
    roleId === "" ? await declareRole(ctx, which, wanted.value) : await renameRole(ctx, which, roleId, wanted.value);
  if (outcome.ok) {
    await forgetTyped();
    const did = "roleId" in outcome.value ? "roleAdded" : outcome.value.changed ? "roleChanged" : "same";
    redirect(`${pathOf(relyingPartyId)}?done=${did}`);
  }
  const { error } = outcome;
  if (isOfWhoAsks(error)) return refusedAt(error, path, values);
  if (error !== "changed_meanwhile") return { values: kept, errors: { key: refusals[error] } };
  const now = (await readRelyingParty(ctx, relyingPartyId)) ?? notFound();
  const theirs = now.roles.find(({ id }) => id === roleId);
  return {
    values: { ...values, version: String(now.version) },
    errors: {},
    conflict: conflictOf(
      language,
      null,
      theirs ? roleFields.map((name) => ({ what: roles[name], theirs: theirs[name], yours: values[name] })) : [],
    ),
  };
}

export async function retire(form: FormData): Promise<void> {
  return putOnOffer(form, true);
}

export async function offerAgain(form: FormData): Promise<void> {
  return putOnOffer(form, false);
}

async function putOnOffer(form: FormData, retired: boolean): Promise<never> {
  const [relyingPartyId, roleId] = [idIn(form, "party"), idIn(form, "role")];
  const path = rolePath(relyingPartyId, roleId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const outcome = await retireRole(ctx, { relyingPartyId, version: readVersion(form) }, roleId, retired);
  if (outcome.ok) redirect(`${pathOf(relyingPartyId)}?done=${retired ? "roleRetired" : "roleOffered"}`);
  if (isOfWhoAsks(outcome.error)) return refusedAt(outcome.error, path);
  redirect(`${path}?refused=${outcome.error}`);
}
