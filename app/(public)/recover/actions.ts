"use server";
import { redirect } from "next/navigation";
import { requestReset } from "#lib/recovery/forgotten-password/request-reset.ts";
import { browserContext } from "#lib/server/request/browser-context.ts";
import { pendingRecovery, rememberRecovery } from "#lib/server/request/pending-recovery.ts";
import type { ClaimState } from "./claim-form.tsx";
import { readClaim, spendRequest } from "./read-claim.ts";

/** Always the same answer: the page that says a letter is on its way if the two belong together. */
export async function askForReset(_: ClaimState, form: FormData): Promise<ClaimState> {
  const ctx = await browserContext();
  const claimed = await readClaim(ctx, form, "reset");
  if (!claimed.ok) return claimed.state;
  await requestReset(ctx, claimed.value.identity, claimed.value.officialEmail);
  await rememberRecovery(ctx, "forgot", { ...claimed.value, requestedAt: ctx.now() });
  redirect("/recover/sent");
}

export async function sendResetAgain(): Promise<void> {
  const ctx = await browserContext();
  const pending = await pendingRecovery(ctx, "forgot");
  if (!pending) redirect("/recover");
  if (await spendRequest(ctx, "reset", pending.captcha)) redirect("/recover/sent?tooMany");
  await requestReset(ctx, pending.identity, pending.officialEmail);
  await rememberRecovery(ctx, "forgot", { ...pending, requestedAt: ctx.now() });
  redirect("/recover/sent?again");
}
