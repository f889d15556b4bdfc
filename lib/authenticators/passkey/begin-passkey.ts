import { and, asc, eq, isNull } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { passkey } from "#db/schema/second-factors.ts";
import { type ChangeRefusal, isProven, standingOf } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { CHALLENGE_LIFETIME, issueChallenge } from "./challenge.ts";
import { creationOptions, type PublicKeyCredentialCreationOptionsJSON } from "./webauthn.ts";

/** As many as anybody could have devices, so that what a sign-in and a page read stays small. */
export const PASSKEYS_MAX = 20;
/** What browsers show beside the domain. */
const RP_NAME = "Kunci";
/** L3 §14.6.1: random, so that it tells nothing of whom it stands for. */
const USER_HANDLE_BYTES = 32;

/**
 * What the owner's browser needs to make a passkey, as JSON for `navigator.credentials.create`. Asks for the same fresh
 * proof as adding it does, before anything is made. Gives the account its user handle, once.
 */
export async function passkeyCreationOptions(
  ctx: Context,
): Promise<Result<PublicKeyCredentialCreationOptionsJSON, ChangeRefusal | "too_many_passkeys">> {
  const standing = await standingOf(ctx.db, ctx);
  if (!standing || ctx.actor.kind !== "account") return refuse("signed_out");
  if (!isProven(standing, ctx.now(), "passkey.add")) return refuse("step_up");
  // A ticket replaces them all, so that none is in its way, on this device neither.
  const replaces = standing.ticketId !== null;
  if (!replaces && standing.enrolled.passkeys >= PASSKEYS_MAX) return refuse("too_many_passkeys");

  const { accountId, sessionId } = ctx.actor;
  const [owner, known] = await Promise.all([
    ownerOf(ctx, accountId),
    ctx.db
      .select({ id: passkey.credentialId, transports: passkey.transports })
      .from(passkey)
      .where(eq(passkey.accountId, accountId))
      .orderBy(asc(passkey.createdAt)),
  ]);
  return ok(
    await creationOptions({
      rpId: ctx.policy.passkeyRpId,
      rpName: RP_NAME,
      user: { handle: owner.userHandle, name: owner.officialEmail, displayName: owner.fullName },
      challenge: issueChallenge(ctx, { purpose: "enrol", binding: sessionId }),
      timeout: CHALLENGE_LIFETIME,
      known: replaces ? [] : known,
    }),
  );
}

/** Whose passkey it will be, with a user handle from now on. Of two at once, both get the one that was first. */
async function ownerOf(ctx: Context, accountId: string) {
  await ctx.db
    .update(account)
    .set({ userHandle: ctx.random(USER_HANDLE_BYTES).toString("base64url") })
    .where(and(eq(account.id, accountId), isNull(account.userHandle)));
  const [owner] = await ctx.db
    .select({ userHandle: account.userHandle, officialEmail: account.officialEmail, fullName: account.fullName })
    .from(account)
    .where(eq(account.id, accountId));
  if (!owner?.userHandle) throw new Error(`Account ${accountId} has no user handle`);
  return { ...owner, userHandle: owner.userHandle };
}
