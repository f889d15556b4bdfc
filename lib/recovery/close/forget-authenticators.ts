import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordCredential, passwordThrottle, securityAnswer } from "#db/schema/authenticators.ts";
import { dataExport } from "#db/schema/profile.ts";
import {
  googleLink,
  passkey,
  recoveryCodeSet,
  securityPhrase,
  totpCredential,
  totpEnrolment,
} from "#db/schema/second-factors.ts";
import { device } from "#db/schema/session.ts";
import type { Account } from "#lib/account/find-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { forgetBrowser } from "#lib/session/forget-browser.ts";

/**
 * Nothing that opened the account is left: whoever activates it anew chooses all of it anew, and a passkey or Google
 * account may belong to another. Its browsers are strangers. The caller holds the account's row.
 */
export async function forgetAuthenticators(tx: Tx, ctx: Context, { id, identityIndex }: Account): Promise<void> {
  await tx.delete(passwordCredential).where(eq(passwordCredential.accountId, id));
  await tx.delete(passwordThrottle).where(eq(passwordThrottle.identityIndex, identityIndex));
  await tx.delete(securityAnswer).where(eq(securityAnswer.accountId, id));
  await tx.delete(securityPhrase).where(eq(securityPhrase.accountId, id));
  await tx.delete(passkey).where(eq(passkey.accountId, id));
  await tx.delete(totpCredential).where(eq(totpCredential.accountId, id));
  await tx.delete(totpEnrolment).where(eq(totpEnrolment.accountId, id));
  await tx.delete(recoveryCodeSet).where(eq(recoveryCodeSet.accountId, id));
  await tx.delete(googleLink).where(eq(googleLink.accountId, id));
  await tx.delete(dataExport).where(eq(dataExport.accountId, id));
  const browsers = await tx.select({ id: device.id }).from(device).where(eq(device.accountId, id)).orderBy(device.id);
  for (const browser of browsers) await forgetBrowser(tx, ctx, id, browser.id);
}
