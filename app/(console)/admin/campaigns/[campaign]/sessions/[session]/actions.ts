"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { findAtCounter } from "#lib/campaign/onsite/counter/find-at-counter.ts";
import { findSession } from "#lib/campaign/onsite/find-session.ts";
import { releasePlace } from "#lib/campaign/onsite/places/give-up-place.ts";
import { signUpFor } from "#lib/campaign/onsite/places/sign-up.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { messages } from "#lib/text/messages.ts";
import { counterPath, sessionPath } from "../paths.ts";
import { readIds } from "../read-ids.ts";
import { readIdentities } from "./read-identities.ts";

export type NumberState = FormState<"identityNumber">;

/** Whoever stands at the counter, by the number of their document; posted, so that it never stands in an address. */
export async function findPerson(_: NumberState, form: FormData): Promise<NumberState> {
  const { campaignId, sessionId } = readIds(form);
  const path = sessionPath(campaignId, sessionId);
  const { ctx, officer } = await requireOfficer(path, "onsite.check_in");
  if (!(await findSession(ctx, officer, "onsite.check_in", { campaignId, sessionId }))) notFound();
  const found = await accountOf(ctx, form);
  return "accountId" in found ? redirect(counterPath(campaignId, sessionId, found.accountId)) : found;
}

/** Signs somebody up who cannot do it themselves. */
export async function addPerson(_: NumberState, form: FormData): Promise<NumberState> {
  const { campaignId, sessionId } = readIds(form);
  const path = sessionPath(campaignId, sessionId);
  const { ctx } = await requireOfficer(path, "onsite.manage");
  const found = await accountOf(ctx, form);
  if (!("accountId" in found)) return found;
  const taken = await signUpFor(ctx, sessionId, found.accountId);
  if (taken.ok) redirect(`${path}?done=${taken.value.state}`);
  if (taken.error === "signed_out") redirect(signInPath(path));
  const { refused } = messages[ctx.request.language].onsite;
  const message = taken.error === "not_found" ? refused.nobody : refused[taken.error];
  return { values: { identityNumber: typedIn(form, "identityNumber") }, errors: { identityNumber: message } };
}

async function accountOf(
  ctx: Parameters<typeof findAtCounter>[0],
  form: FormData,
): Promise<NumberState | { accountId: string }> {
  const { identity, refused } = messages[ctx.request.language].onsite;
  const read = readIdentities(form);
  const wrong = (message: string): NumberState => ({
    values: { identityNumber: typedIn(form, "identityNumber").slice(0, 60) },
    errors: { identityNumber: message },
  });
  if (!read.ok) return wrong(identity[read.wrong]);
  const found = await findAtCounter(ctx, read.identities);
  return found.ok ? found.value : wrong(refused.nobody);
}

/** Takes somebody off the list. */
export async function release(form: FormData): Promise<void> {
  const { campaignId, sessionId } = readIds(form);
  const path = sessionPath(campaignId, sessionId);
  const { ctx } = await requireOfficer(path, "onsite.manage");
  const placeId = form.get("place");
  if (!isUuid(placeId)) notFound();
  const released = await releasePlace(ctx, placeId);
  if (released.ok) redirect(`${path}?done=released#people`);
  if (released.error === "signed_out") redirect(signInPath(path));
  if (released.error === "not_found") notFound();
  redirect(`${path}?refused=${released.error}`);
}
