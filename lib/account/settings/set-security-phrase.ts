import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { passwordCredential, securityAnswer } from "#db/schema/authenticators.ts";
import { securityPhrase } from "#db/schema/second-factors.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { checkPhrase, isTheirSecret, type PhraseRefusal } from "#lib/authenticators/security-phrase/check-phrase.ts";
import { sealPhrase } from "#lib/authenticators/security-phrase/seal-phrase.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { TextRefusal } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { consume } from "#lib/throttle/consume.ts";
import { limits } from "#lib/throttle/limits.ts";
import { personOf } from "../person-of.ts";

/** too_many: phrases are compared with the password, and this form must be no place to guess it. */
export type SetPhraseRefusal = ChangeRefusal | PhraseRefusal | TextRefusal | "too_many" | "busy";

/**
 * Keeps the phrase that its owner will be shown before the password is asked, in place of an earlier one, and tells
 * them.
 */
export async function setSecurityPhrase(ctx: Context, phrase: string): Promise<Result<null, SetPhraseRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const counted = await consume(ctx.db, "security-phrase", ctx.actor.accountId, limits.phraseChoices);
  return ctx.db.transaction(async (tx): Promise<Result<null, SetPhraseRefusal>> => {
    const may = await mayChange(tx, ctx, "security_phrase.set");
    if (!may.ok) return may;
    if (!counted.ok) return refuse(counted.error);
    const { accountId } = may.value;
    const { person, secrets } = await ownerOf(tx, ctx, accountId);
    const checked = checkPhrase(phrase, person);
    if (!checked.ok) return checked;
    const secret = await isTheirSecret(checked.value, secrets);
    if (!secret.ok) return secret;
    if (secret.value) return refuse("phrase_is_secret");

    const kept = { phraseSealed: sealPhrase(ctx, accountId, checked.value), setAt: ctx.now() };
    await tx
      .insert(securityPhrase)
      .values({ accountId, ...kept })
      .onConflictDoUpdate({ target: securityPhrase.accountId, set: kept });
    await record(tx, ctx, { type: "security_phrase.set", accountId });
    await notifyOwner(tx, ctx, accountId, "security_phrase_set");
    return ok(null);
  });
}

/** From now on the password is asked without it. Where there is none, nothing changes. */
export async function removeSecurityPhrase(ctx: Context): Promise<Result<null, ChangeRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<null, ChangeRefusal>> => {
    const may = await mayChange(tx, ctx, "security_phrase.set");
    if (!may.ok) return may;
    const { accountId } = may.value;
    const removed = await tx
      .delete(securityPhrase)
      .where(eq(securityPhrase.accountId, accountId))
      .returning({ setAt: securityPhrase.setAt });
    if (removed.length === 0) return ok(null);
    await record(tx, ctx, { type: "security_phrase.removed", accountId });
    await notifyOwner(tx, ctx, accountId, "security_phrase_removed");
    return ok(null);
  });
}

async function ownerOf(tx: Tx, ctx: Context, accountId: string) {
  const [owner] = await tx
    .select({ account, password: passwordCredential.hash })
    .from(account)
    .leftJoin(passwordCredential, eq(passwordCredential.accountId, account.id))
    .where(eq(account.id, accountId));
  if (!owner) throw new Error(`There is no account ${accountId}`);
  const answers = await tx
    .select({ hash: securityAnswer.hash })
    .from(securityAnswer)
    .where(eq(securityAnswer.accountId, accountId));
  return {
    person: personOf(ctx, owner.account),
    secrets: { password: owner.password, answers: answers.map(({ hash }) => hash) },
  };
}
