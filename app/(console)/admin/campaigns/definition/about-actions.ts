"use server";
import { redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { changeAbout } from "#lib/campaign/definition/change-campaign.ts";
import { createCampaign } from "#lib/campaign/definition/create-campaign.ts";
import { parseAbout } from "#lib/campaign/definition/parse/parse-about.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { refusedAt } from "../../../refused.ts";
import type { AdminState } from "../../admin-state.ts";
import { readVersion } from "../../read-version.ts";
import { CAMPAIGNS_PATH } from "../paths.ts";
import { type AboutField, aboutFields } from "./about-fields.ts";
import { idIn, partPath } from "./definition-parts.ts";
import { notSaved } from "./not-saved.ts";
import { wordsOfFields } from "./words-of-fields.ts";

/** Begins a campaign, or says otherwise what it is called, why it is and whom to ask. */
export async function saveAbout(_: AdminState<AboutField>, form: FormData): Promise<AdminState<AboutField>> {
  const campaignId = idIn(form, "campaign");
  const path = campaignId === "" ? `${CAMPAIGNS_PATH}/new` : partPath(campaignId, "edit");
  const { ctx } = await requireOfficer(path, "admin.change");
  const { refusals, about } = messages[ctx.request.language].campaigns;
  const values = Object.fromEntries(aboutFields.map((name) => [name, typedIn(form, name)])) as Record<
    AboutField,
    string
  >;
  const version = readVersion(form);
  const wanted = parseAbout(form);
  if (!wanted.ok) {
    const errors = wordsOfFields(refusals, wanted.errors, (name) => about[name]);
    return { values: { ...values, version: String(Math.max(version, 0)) }, errors };
  }
  if (campaignId === "") {
    const created = await createCampaign(ctx, wanted.value);
    if (!created.ok) return refusedAt(created.error, path, values);
    await forgetTyped();
    redirect(`${partPath(created.value.campaignId, "whom")}?done=created`);
  }
  const outcome = await changeAbout(ctx, { campaignId, version }, wanted.value);
  if (outcome.ok) {
    await forgetTyped();
    redirect(`${path}?done=${outcome.value.changed ? "changed" : "same"}`);
  }
  return notSaved<AboutField>(ctx, {
    campaignId,
    path,
    error: outcome.error,
    values,
    at: "nameMs",
    rows: (now) => aboutFields.map((name) => ({ what: about[name], theirs: now[name], yours: values[name] })),
  });
}
