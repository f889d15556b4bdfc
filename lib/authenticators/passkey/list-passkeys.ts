import { asc, eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { passkey } from "#db/schema/second-factors.ts";
import type { Context } from "#lib/kernel/context.ts";
import { providerOf } from "./name-passkey.ts";

/**
 * `provider`: null where it does not say. `synced`: it is on more than one device of its owner. `createdFrom`: "Chrome
 * pada Windows".
 */
export type ListedPasskey = {
  id: string;
  name: string;
  provider: string | null;
  createdAt: Date;
  createdFrom: string;
  lastUsedAt: Date | null;
  synced: boolean;
};

/** The passkeys of the signed-in owner, the oldest first. */
export async function listPasskeys(ctx: Context): Promise<ListedPasskey[]> {
  if (ctx.actor.kind !== "account") return [];
  const rows = await ctx.db
    .select()
    .from(passkey)
    .where(eq(passkey.accountId, ctx.actor.accountId))
    .orderBy(asc(passkey.createdAt), asc(passkey.id));
  return rows.map(({ id, name, aaguid, createdAt, createdFrom, lastUsedAt, backedUp }) => ({
    id,
    name,
    provider: providerOf(aaguid),
    createdAt,
    createdFrom,
    lastUsedAt,
    synced: backedUp,
  }));
}

/** What a browser is told so that its own list of passkeys agrees with ours (Signal API, WebAuthn L3 §5.1.10). */
export type PasskeySignals = {
  rpId: string;
  userId: string;
  credentialIds: string[];
  name: string;
  displayName: string;
};

/**
 * The credentials of the signed-in owner for `signalAllAcceptedCredentials`, and what they are called for
 * `signalCurrentUserDetails`. Null where the account never had a passkey: nothing on any device belongs to it.
 */
export async function passkeySignals(ctx: Context): Promise<PasskeySignals | null> {
  if (ctx.actor.kind !== "account") return null;
  const { accountId } = ctx.actor;
  const [[owner], accepted] = await Promise.all([
    ctx.db
      .select({ userId: account.userHandle, name: account.officialEmail, displayName: account.fullName })
      .from(account)
      .where(eq(account.id, accountId)),
    ctx.db.select({ id: passkey.credentialId }).from(passkey).where(eq(passkey.accountId, accountId)),
  ]);
  if (!owner?.userId) return null;
  return {
    rpId: ctx.policy.passkeyRpId,
    userId: owner.userId,
    credentialIds: accepted.map(({ id }) => id),
    name: owner.name,
    displayName: owner.displayName,
  };
}
