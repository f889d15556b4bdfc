import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account, activationCeremony, activationLink } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { matchesLastFour } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { unmarkMailbox } from "#lib/mail/delivery/mark-mailbox.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { type Account, lockById } from "../find-account.ts";
import { move, next } from "../lifecycle.ts";
import { unsealIdentity } from "../seal-identity.ts";
import { type ActivationRefusal, CEREMONY_LIFETIME, type Link, usableLink } from "./activation.ts";

export type ConfirmRefusal = ActivationRefusal | "identity_mismatch" | "too_many";
export type ConfirmAnswer = Result<{ ceremonyToken: string }, ConfirmRefusal> & { retryAfterSeconds?: number };

/**
 * Proves the mailbox a link was mailed to; the last four characters of the identity say it was opened by its owner.
 * Opens a ceremony of 30 minutes and returns its secret. Five wrong fours end the link; `identity_mismatch` before that. `too_many`: failed
 * tries of the address.
 */
export async function confirmActivationLink(ctx: Context, token: string, lastFour: string): Promise<ConfirmAnswer> {
  const allowed = await spendTry(ctx);
  if (!allowed.ok) return allowed;
  const confirmed = await confirm(ctx, token, lastFour);
  if (confirmed.ok) await refundTry(ctx);
  return confirmed;
}

async function confirm(
  ctx: Context,
  token: string,
  lastFour: string,
): Promise<Result<{ ceremonyToken: string }, ActivationRefusal | "identity_mismatch">> {
  return ctx.db.transaction(async (tx) => {
    const behind = eq(activationLink.tokenDigest, digest(token));
    const [named] = await tx.select({ accountId: activationLink.accountId }).from(activationLink).where(behind);
    const owner = named && (await lockById(tx, named.accountId));
    const [link] = await tx.select().from(activationLink).where(behind).for("update");
    if (!owner || !link) return refuse("unknown");
    const usable = usableLink(ctx, link, owner);
    if (!usable.ok) return usable;

    if (!matchesLastFour(unsealIdentity(ctx, owner), lastFour)) return wrongFour(tx, ctx, link);
    // Put into their hands at a counter, it says nothing of the mailbox.
    if (link.seenBy === null) await verifyMailbox(tx, ctx, owner, link);
    return ok({ ceremonyToken: await openCeremony(tx, ctx, link) });
  });
}

async function wrongFour(
  tx: Tx,
  ctx: Context,
  link: Link,
): Promise<Result<never, "identity_mismatch" | "identity_tries_used">> {
  await tx
    .update(activationLink)
    .set({ identityTries: sql`${activationLink.identityTries} + 1` })
    .where(eq(activationLink.id, link.id));
  const reason = link.identityTries + 1 < limits.identityTriesPerLink ? "identity_mismatch" : "identity_tries_used";
  await record(tx, ctx, { type: "activation.refused", accountId: link.accountId, linkId: link.id, reason });
  return refuse(reason);
}

/**
 * The lifecycle moves when the confirmation is posted, once; a ceremony opened again finds it done. A mailbox that an
 * officer has corrected since is proven in its turn, whatever the account is by then.
 */
async function verifyMailbox(tx: Tx, ctx: Context, owner: Account, link: Link): Promise<void> {
  const officialEmailVerifiedAt = ctx.now();
  if (next(owner, "verify_email").ok) {
    const moved = await move(tx, owner, "verify_email", { officialEmailVerifiedAt });
    if (!moved.ok) throw new Error(`The locked account ${owner.id} could not move: ${moved.error}`);
  } else if (owner.officialEmailVerifiedAt) return;
  else await tx.update(account).set({ officialEmailVerifiedAt }).where(eq(account.id, owner.id));
  await record(tx, ctx, { type: "account.email_verified", accountId: owner.id, linkId: link.id });
  // What was read there has arrived, whatever came back before.
  await unmarkMailbox(tx, link.mailbox);
}

async function openCeremony(tx: Tx, ctx: Context, link: Link): Promise<string> {
  const now = ctx.now();
  const ceremonyToken = ctx.random(32).toString("base64url");
  await tx.insert(activationCeremony).values({
    id: uuidv7(now, ctx.random),
    linkId: link.id,
    accountId: link.accountId,
    tokenDigest: digest(ceremonyToken),
    startedAt: now,
    expiresAt: after(now, CEREMONY_LIFETIME),
  });
  return ceremonyToken;
}
