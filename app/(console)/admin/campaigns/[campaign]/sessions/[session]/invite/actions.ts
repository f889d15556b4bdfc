"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { INVITED_AT_ONCE, invitePeople } from "#lib/campaign/onsite/places/invite-people.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { messages } from "#lib/text/messages.ts";
import { sessionPath } from "../../paths.ts";
import { readIds } from "../../read-ids.ts";

/** Asks everybody who was chosen to come. */
export async function invite(_: FormState<"person">, form: FormData): Promise<FormState<"person">> {
  const { campaignId, sessionId } = readIds(form);
  const path = sessionPath(campaignId, sessionId, "invite");
  const { ctx } = await requireOfficer(path, "onsite.manage");
  const { refused } = messages[ctx.request.language].onsite;
  const chosen = [...new Set(form.getAll("person").filter(isUuid))].slice(0, INVITED_AT_ONCE);
  if (chosen.length === 0) return { values: {}, errors: { person: refused.nobodyChosen } };
  const invited = await invitePeople(ctx, sessionId, chosen);
  if (invited.ok) {
    const { invited: asked, written } = invited.value;
    redirect(`${path}?invited=${asked}&written=${written}`);
  }
  if (invited.error === "signed_out") redirect(signInPath(path));
  if (invited.error === "not_found") notFound();
  return { values: { person: chosen.join(" ") }, errors: { form: refused[invited.error] } };
}
