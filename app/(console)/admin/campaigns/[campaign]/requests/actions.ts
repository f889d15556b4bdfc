"use server";
import { notFound, redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { tellDeciders } from "#lib/campaign/requests/tell-deciders.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { requestsPath } from "./paths.ts";

export async function tell(form: FormData): Promise<void> {
  const campaignId = typedIn(form, "campaign");
  if (!isUuid(campaignId)) notFound();
  const path = requestsPath(campaignId);
  const { ctx } = await requireOfficer(path, "move.request");
  const told = await tellDeciders(ctx, campaignId);
  if (told.ok) {
    const { told: now, before, without } = told.value;
    redirect(`${path}?told=${now}&before=${before}&without=${without.length}`);
  }
  if (told.error === "signed_out") redirect(signInPath(path));
  if (told.error === "not_found") notFound();
  redirect(`${path}?untold=${told.error}`);
}
