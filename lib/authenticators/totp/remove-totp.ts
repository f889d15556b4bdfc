import { eq } from "drizzle-orm";
import { totpCredential, totpEnrolment } from "#db/schema/second-factors.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { isEnoughLeft } from "../enough-left.ts";
import { notifyOwner } from "../notify-owner.ts";

/** last_factor: something still asks for it, or nothing else opens the account. */
export type RemoveTotpRefusal = ChangeRefusal | "not_found" | "last_factor";

/** What the account signs in with once the app is gone. */
export const withoutApp = (enrolled: Enrolled): Enrolled => ({ ...enrolled, totp: false });

/** Its codes open nothing from here on, and the sessions they opened end. */
export async function removeTotp(ctx: Context): Promise<Result<null, RemoveTotpRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayChange(tx, ctx, "totp.remove");
    if (!may.ok) return may;
    const { accountId, enrolled } = may.value;
    if (!enrolled.totp) return refuse("not_found");
    if (!isEnoughLeft(withoutApp(enrolled), ctx.policy)) return refuse("last_factor");
    const [removed] = await tx.delete(totpCredential).where(eq(totpCredential.accountId, accountId)).returning();
    if (!removed) throw new Error(`The held account ${accountId} lost its authenticator app`);
    await tx.delete(totpEnrolment).where(eq(totpEnrolment.accountId, accountId));
    await record(tx, ctx, { type: "totp.removed", accountId, totpId: removed.id });
    await notifyOwner(tx, ctx, accountId, "totp_removed");
    await endSessionsOf(tx, ctx, accountId, { credential: removed.id }, "totp_removed");
    return ok(null);
  });
}
