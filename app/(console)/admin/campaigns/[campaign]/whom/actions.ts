"use server";
import { redirect } from "next/navigation";
import { changeWhom } from "#lib/campaign/definition/change-campaign.ts";
import type { TargetIctRole, TargetRole } from "#lib/campaign/definition/find-campaign.ts";
import { listTargets } from "#lib/campaign/definition/list-targets.ts";
import { parseWhom, ticked } from "#lib/campaign/definition/parse/parse-whom.ts";
import type { Language } from "#lib/kernel/context.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import type { AdminState } from "../../../admin-state.ts";
import { readVersion } from "../../../read-version.ts";
import { idIn, partPath } from "../../definition/definition-parts.ts";
import { notSaved } from "../../definition/not-saved.ts";
import { type WhomField, whomFields } from "./fields.ts";
import { whomAs } from "./whom-as.ts";

/** Says whom a campaign is for, and what they have to have. */
export async function saveWhom(_: AdminState<WhomField>, form: FormData): Promise<AdminState<WhomField>> {
  const campaignId = idIn(form, "campaign");
  const path = partPath(campaignId, "whom");
  const { ctx } = await requireOfficer(path, "admin.change");
  const { refusals, whom } = messages[ctx.request.language].campaigns;
  const values = Object.fromEntries(whomFields.map((name) => [name, ticked(form, name).join(" ")])) as Record<
    WhomField,
    string
  >;
  const version = readVersion(form);
  const wanted = parseWhom(form);
  if (!wanted.ok) {
    const errors = Object.entries(wanted.errors).map(([name, code]) => [name, refusals[code]]);
    return { values: { ...values, version: String(Math.max(version, 0)) }, errors: Object.fromEntries(errors) };
  }
  const outcome = await changeWhom(ctx, { campaignId, version }, wanted.value);
  if (outcome.ok) {
    await forgetTyped();
    redirect(`${path}?done=${outcome.value.changed ? "changed" : "same"}`);
  }
  const offered = await listTargets(ctx);
  return notSaved<WhomField>(ctx, {
    campaignId,
    path,
    error: outcome.error,
    values,
    at: "roles",
    rows: (now) => {
      const theirs = whomAs(now);
      const named = namesOf(
        ctx.request.language,
        [...offered.roles, ...now.roles],
        [...offered.ictRoles, ...now.ictRoles],
      );
      return whomFields.map((name) => ({ what: whom[name], theirs: named(theirs[name]), yours: named(values[name]) }));
    },
  });
}

/** Ticked boxes in words, whatever their order. */
function namesOf(language: Language, roles: readonly TargetRole[], ictRoles: readonly TargetIctRole[]) {
  const nameOf = (role: TargetIctRole) => (language === "ms" ? role.nameMs : role.nameEn);
  const names = new Map<string, string>([
    ...roles.map((role) => [role.id, `${role.system}: ${nameOf(role)}`] as const),
    ...ictRoles.map((role) => [role.id, nameOf(role)] as const),
    ...Object.entries(messages[language].campaigns.requirements),
  ]);
  return (said: string): string =>
    said
      .split(" ")
      .flatMap((one) => names.get(one) ?? [])
      .sort()
      .join(", ");
}
