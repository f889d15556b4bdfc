"use server";
import { redirect } from "next/navigation";
import { requestRecovery } from "#lib/recovery/lost-factor/request-recovery.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { pendingRecovery, rememberRecovery } from "#lib/server/request/pending-recovery.ts";
import type { ClaimState } from "../claim-form.tsx";
import { readClaim, spendRequest } from "../read-claim.ts";

const SENT = "/recover/second-factor/sent";

/** Always the same answer: the page that says a letter is on its way if the two belong together. */
export async function askForRecovery(_: ClaimState, form: FormData): Promise<ClaimState> {
  const ctx = await browserContext();
  const claimed = await readClaim(ctx, form, "recovery");
  if (!claimed.ok) return claimed.state;
  await requestRecovery(ctx, claimed.value.identity, claimed.value.officialEmail);
  await rememberRecovery(ctx, "lost", { ...claimed.value, requestedAt: ctx.now() });
  redirect(SENT);
}

export async function sendRecoveryAgain(): Promise<void> {
  const ctx = await browserContext();
  const pending = await pendingRecovery(ctx, "lost");
  if (!pending) redirect("/recover/second-factor/start");
  if (await spendRequest(ctx, "recovery", pending.captcha)) redirect(`${SENT}?tooMany`);
  await requestRecovery(ctx, pending.identity, pending.officialEmail);
  await rememberRecovery(ctx, "lost", { ...pending, requestedAt: ctx.now() });
  redirect(`${SENT}?again`);
}
