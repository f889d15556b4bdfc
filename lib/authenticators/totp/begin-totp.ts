import { eq } from "drizzle-orm";
import { totpEnrolment } from "#db/schema/second-factors.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seal } from "#lib/kernel/sealed.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { newTotpSecret } from "./codes.ts";
import { TOTP_PURPOSE } from "./find-totp.ts";

/**
 * Makes a secret to be shown and confirmed. One begun earlier is gone; the app in use stays until the new one is
 * confirmed.
 */
export async function beginTotp(ctx: Context): Promise<Result<null, ChangeRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayChange(tx, ctx, "totp.enrol");
    if (!may.ok) return may;
    if (ctx.actor.kind !== "account") return refuse("signed_out");
    const now = ctx.now();
    const id = uuidv7(now, ctx.random);
    const secretSealed = seal(ctx.keys.sealing, ctx.random, newTotpSecret(ctx.random), TOTP_PURPOSE, id);
    const begun = { id, sessionId: ctx.actor.sessionId, secretSealed, tries: 0, startedAt: now };
    await tx
      .insert(totpEnrolment)
      .values({ accountId: may.value.accountId, ...begun })
      .onConflictDoUpdate({ target: totpEnrolment.accountId, set: begun });
    return ok(null);
  });
}

/** Throws away the secret this session has begun with. */
export async function cancelTotp(ctx: Context): Promise<void> {
  if (ctx.actor.kind !== "account") return;
  await ctx.db.delete(totpEnrolment).where(eq(totpEnrolment.sessionId, ctx.actor.sessionId));
}
