import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { activationAnswer, passwordCredential, passwordThrottle, securityAnswer } from "#db/schema/authenticators.ts";
import { record } from "#lib/audit/record.ts";
import { type HashRefusal, hashSecret } from "#lib/authenticators/hashing.ts";
import { type PasswordRefusal, refusePassword } from "#lib/authenticators/password/refuse-password.ts";
import { QUESTIONS_WANTED } from "#lib/authenticators/security-questions/choose-questions.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { rememberBrowser } from "../browser.ts";
import { lockById } from "../find-account.ts";
import { awaitsActivation, move } from "../lifecycle.ts";
import { type Activation, type ActivationRefusal, currentActivation } from "./activation.ts";
import { endLinks } from "./activation-link.ts";

export type FinishRefusal = ActivationRefusal | PasswordRefusal | HashRefusal | "questions_missing";

/**
 * `Selesai`: the answers and the password become the account's, the link is consumed, the account activated. Of many at
 * once for one link exactly one succeeds, and its password is the one that works; the others are told `used`.
 */
export async function finishActivation(
  ctx: Context,
  ceremonyToken: string,
  password: string,
): Promise<Result<null, FinishRefusal>> {
  const activation = await currentActivation(ctx, ceremonyToken);
  if (!activation.ok) return activation;
  const { person, identity, answered } = activation.value;
  if (answered.length < QUESTIONS_WANTED) {
    // Whoever finishes takes the answers along, perhaps after the link was read here and before they were.
    const still = await currentActivation(ctx, ceremonyToken);
    return still.ok ? refuse("questions_missing") : still;
  }
  const refused = await refusePassword(ctx.policy.passwordPolicy, password, {
    fullName: person.fullName,
    officialEmail: person.officialEmail,
    identity,
  });
  if (refused) return refuse(refused);
  const hashed = await hashSecret(password);
  if (!hashed.ok) return hashed;
  return ctx.db.transaction((tx) => finish(tx, ctx, { ...activation.value, ceremonyToken }, hashed.value));
}

async function finish(
  tx: Tx,
  ctx: Context,
  { account, linkId, ceremonyToken }: Activation & { ceremonyToken: string },
  hash: string,
): Promise<Result<null, FinishRefusal>> {
  const now = ctx.now();
  const held = await lockById(tx, account.id);
  if (!held || !awaitsActivation(held.status)) return refuse("used");
  // Hashing took a while: an officer may have corrected the mailbox meanwhile, and this browser's person is a stranger.
  const still = await currentActivation(ctx, ceremonyToken, tx);
  if (!still.ok) return still;
  const answers = await tx.select().from(activationAnswer).where(eq(activationAnswer.linkId, linkId)).for("update");
  if (answers.length !== QUESTIONS_WANTED) return refuse("questions_missing");
  // Compare and set: whoever consumes the link may go on.
  const consumed = await tx
    .update(activationLink)
    .set({ consumedAt: now })
    .where(and(eq(activationLink.id, linkId), isNull(activationLink.consumedAt)))
    .returning({ id: activationLink.id });
  if (consumed.length === 0) return refuse("used");

  const moved = await move(tx, held, "activate", { activatedAt: now, language: ctx.request.language });
  if (!moved.ok) throw new Error(`The locked account ${held.id} could not be activated: ${moved.error}`);
  await tx
    .insert(securityAnswer)
    .values(
      answers.map((given) => ({ accountId: held.id, questionId: given.questionId, hash: given.hash, setAt: now })),
    );
  await tx.delete(activationAnswer).where(eq(activationAnswer.linkId, linkId));
  await tx.insert(passwordCredential).values({ accountId: held.id, hash, setAt: now });
  await endLinks(tx, held.id, "consumed", now);
  // Whoever guessed at the number before it had a password shall not have locked its owner out; this browser is theirs.
  await tx.delete(passwordThrottle).where(eq(passwordThrottle.identityIndex, held.identityIndex));
  await rememberBrowser(tx, ctx, held.id, "signed_in");
  await record(tx, ctx, { type: "account.activated", accountId: held.id, linkId });
  // Activated at a counter, nobody has proven the mailbox yet: whoever reads it could lock the account by its letter.
  if (held.officialEmailVerifiedAt)
    await enqueue(tx, ctx, {
      kind: "account_activated",
      accountId: held.id,
      to: held.officialEmail,
      about: { from: ctx.request.device, at: now.toISOString() },
    });
  return ok(null);
}
