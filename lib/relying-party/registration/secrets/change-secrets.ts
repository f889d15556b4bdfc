import { and, asc, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { relyingPartySecret } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after, type Duration } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type ChangeRefusal, holdingRelyingParty, type Which } from "../hold-relying-party.ts";
import { MOST_SECRETS, SECRET_OVERLAP, SECRET_OVERLAP_MAX, usesSecret } from "../registration.ts";
import { endSecrets, isLive } from "./end-secrets.ts";
import { makeSecret } from "./make-secret.ts";

/** secret_unused: it proves itself by its own keys. secrets_many: older ones still overlap; one of them is ended first. */
export type RotateRefusal = ChangeRefusal | "secret_unused" | "secrets_many" | "overlap_range";

/**
 * A new secret, shown now and never again. The one before it goes on for `overlap` (seven days; not at all for 0, and then every
 * older one ends with it); those that were ending already end when they were to.
 */
export async function rotateSecret(
  ctx: Context,
  which: Which,
  overlap: Duration = SECRET_OVERLAP,
): Promise<Result<{ clientId: string; clientSecret: string; olderEndsAt: Date | null }, RotateRefusal>> {
  if (!(overlap >= 0 && overlap <= SECRET_OVERLAP_MAX)) return refuse("overlap_range");
  return holdingRelyingParty(ctx, which, async (tx, row) => {
    if (!usesSecret(row)) return refuse("secret_unused");
    const older = await liveSecrets(tx, ctx, row.id);
    const ends = overlap > 0 && older.length > 0 ? after(ctx.now(), overlap) : null;
    if (ends === null) await endSecrets(tx, ctx, row);
    else if (older.length >= MOST_SECRETS) return refuse("secrets_many");
    else
      await tx
        .update(relyingPartySecret)
        .set({ expiresAt: ends })
        .where(and(eq(relyingPartySecret.relyingPartyId, row.id), isNull(relyingPartySecret.expiresAt)));
    const { clientSecret } = await makeSecret(tx, ctx, row);
    return ok({ set: {}, value: { clientId: row.clientId, clientSecret, olderEndsAt: ends } });
  });
}

/** secret_current: it is the one without an end; making another ends it. */
export type EndSecretRefusal = ChangeRefusal | "secret_current";

/** Ends one that is being replaced before its time. not_found also where it has ended. */
export async function endSecret(ctx: Context, which: Which, secretId: string): Promise<Result<null, EndSecretRefusal>> {
  if (!isUuid(secretId)) return refuse("not_found");
  return holdingRelyingParty(ctx, which, async (tx, row) => {
    const live = await liveSecrets(tx, ctx, row.id);
    const found = live.find(({ id }) => id === secretId);
    if (!found) return refuse("not_found");
    if (found.expiresAt === null) return refuse("secret_current");
    await endSecrets(tx, ctx, row, secretId);
    return ok({ set: {}, value: null });
  });
}

export type LiveSecret = { id: string; createdAt: Date; expiresAt: Date | null };

/** Those that open something now, by when they end: the current one, without an end, comes last. */
export const liveSecrets = (on: Tx | Context["db"], ctx: Pick<Context, "now">, id: string): Promise<LiveSecret[]> =>
  on
    .select({
      id: relyingPartySecret.id,
      createdAt: relyingPartySecret.createdAt,
      expiresAt: relyingPartySecret.expiresAt,
    })
    .from(relyingPartySecret)
    .where(and(eq(relyingPartySecret.relyingPartyId, id), isLive(ctx.now())))
    .orderBy(asc(relyingPartySecret.expiresAt), asc(relyingPartySecret.createdAt), asc(relyingPartySecret.id));
