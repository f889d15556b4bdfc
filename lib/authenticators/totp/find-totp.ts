import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { totpCredential, totpEnrolment } from "#db/schema/second-factors.ts";
import type { Context } from "#lib/kernel/context.ts";
import { unseal } from "#lib/kernel/sealed.ts";
import { after, minutes, seconds } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";
import { otpauthUri } from "./codes.ts";

/** How long a secret that is shown may be confirmed. */
export const PENDING_LIFETIME = minutes(10);

/** What the secret of an authenticator app is sealed for; its owner is the id it has from its beginning. */
export const TOTP_PURPOSE = "totp.secret";

/** When the owner's app was set up and last used; nothing where there is none. */
export async function findTotp(ctx: Context): Promise<{ setAt: Date; lastUsedAt: Date | null } | null> {
  if (ctx.actor.kind !== "account") return null;
  const [found] = await ctx.db
    .select({ setAt: totpCredential.setAt, lastUsedAt: totpCredential.lastUsedAt })
    .from(totpCredential)
    .where(eq(totpCredential.accountId, ctx.actor.accountId));
  return found ?? null;
}

/** `label`: the owner's official mailbox, under which the app lists the secret. */
export type PendingTotp = { secret: string; uri: string; label: string; secondsLeft: number };
export type Enrolment = typeof totpEnrolment.$inferSelect;

/** Whether a secret may still be confirmed: by the session that began it, for ten minutes, in five tries. */
export function isOpen(ctx: Context, enrolment: Enrolment): boolean {
  const mine = ctx.actor.kind === "account" && ctx.actor.sessionId === enrolment.sessionId;
  return mine && after(enrolment.startedAt, PENDING_LIFETIME) > ctx.now() && enrolment.tries < limits.triesPerCode;
}

/**
 * The secret this session has begun with and not confirmed yet, to be shown. `issuer` is what the app will call the
 * portal.
 */
export async function pendingTotp(ctx: Context, issuer: string): Promise<PendingTotp | null> {
  if (ctx.actor.kind !== "account") return null;
  const [found] = await ctx.db
    .select({ enrolment: totpEnrolment, label: account.officialEmail })
    .from(totpEnrolment)
    .innerJoin(account, eq(account.id, totpEnrolment.accountId))
    .where(eq(totpEnrolment.accountId, ctx.actor.accountId));
  if (!found || !isOpen(ctx, found.enrolment)) return null;
  const { enrolment, label } = found;
  const secret = unseal(ctx.keys.sealing, enrolment.secretSealed, TOTP_PURPOSE, enrolment.id);
  const left = after(enrolment.startedAt, PENDING_LIFETIME).getTime() - ctx.now().getTime();
  return { secret, uri: otpauthUri(secret, issuer, label), label, secondsLeft: Math.ceil(left / seconds(1)) };
}
