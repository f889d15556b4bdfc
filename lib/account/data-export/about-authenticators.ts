import { asc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordCredential, securityAnswer, securityQuestion } from "#db/schema/authenticators.ts";
import { passkey, recoveryCode, recoveryCodeSet, securityPhrase, totpCredential } from "#db/schema/second-factors.ts";
import type { Account } from "#lib/account/find-account.ts";
import { findGoogleLink } from "#lib/authenticators/google/find-google-link.ts";
import type { Context } from "#lib/kernel/context.ts";

/** What opens the account: since when and from where, never the secrets themselves. */
export async function aboutAuthenticators(tx: Tx, ctx: Context, owner: Account) {
  const [password] = await tx
    .select({ setAt: passwordCredential.setAt, disabledAt: passwordCredential.disabledAt })
    .from(passwordCredential)
    .where(eq(passwordCredential.accountId, owner.id));
  const passkeys = await tx
    .select({
      name: passkey.name,
      authenticatorModel: passkey.aaguid,
      transports: passkey.transports,
      synced: passkey.backedUp,
      timesUsed: passkey.counter,
      createdAt: passkey.createdAt,
      createdFrom: passkey.createdFrom,
      lastUsedAt: passkey.lastUsedAt,
    })
    .from(passkey)
    .where(eq(passkey.accountId, owner.id))
    .orderBy(asc(passkey.createdAt));
  const [app] = await tx
    .select({ setAt: totpCredential.setAt, lastUsedAt: totpCredential.lastUsedAt })
    .from(totpCredential)
    .where(eq(totpCredential.accountId, owner.id));
  const codes = await tx
    .select({
      position: recoveryCode.position,
      madeAt: recoveryCodeSet.madeAt,
      usedAt: recoveryCode.usedAt,
      usedFrom: recoveryCode.usedFrom,
    })
    .from(recoveryCode)
    .innerJoin(recoveryCodeSet, eq(recoveryCodeSet.accountId, recoveryCode.accountId))
    .where(eq(recoveryCode.accountId, owner.id))
    .orderBy(asc(recoveryCode.position));
  const questions = await tx
    .select({ textMs: securityQuestion.textMs, textEn: securityQuestion.textEn, setAt: securityAnswer.setAt })
    .from(securityAnswer)
    .innerJoin(securityQuestion, eq(securityQuestion.id, securityAnswer.questionId))
    .where(eq(securityAnswer.accountId, owner.id));
  const [phrase] = await tx
    .select({ setAt: securityPhrase.setAt })
    .from(securityPhrase)
    .where(eq(securityPhrase.accountId, owner.id));
  return {
    password: password ?? null,
    passkeys,
    authenticatorApp: app ?? null,
    recoveryCodes: codes,
    securityQuestions: questions,
    securityPhrase: phrase ?? null,
    google: await findGoogleLink(ctx, owner.id, tx),
  };
}
