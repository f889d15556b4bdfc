import { eq } from "drizzle-orm";
import { googleLink } from "#db/schema/second-factors.ts";
import { type Enrolled, hasWayIn } from "#lib/assurance/enrolled.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { notifyOwner } from "../notify-owner.ts";

/** last_way: nothing else would open the account. */
export type UnlinkRefusal = ChangeRefusal | "not_linked" | "last_way";

/** What the account signs in with once Google is unlinked. */
export const withoutGoogle = (enrolled: Enrolled): Enrolled => ({ ...enrolled, google: false });

/** The owner's Google account opens nothing any more, and what it opened ends. */
export async function unlinkGoogle(ctx: Context): Promise<Result<null, UnlinkRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayChange(tx, ctx, "google.unlink");
    if (!may.ok) return may;
    const { accountId, enrolled } = may.value;
    if (enrolled.google && !hasWayIn(withoutGoogle(enrolled))) return refuse("last_way");
    const [removed] = await tx
      .delete(googleLink)
      .where(eq(googleLink.accountId, accountId))
      .returning({ id: googleLink.id });
    if (!removed) return refuse("not_linked");
    await endSessionsOf(tx, ctx, accountId, { credential: removed.id }, "google_unlinked");
    await record(tx, ctx, { type: "google.unlinked", accountId, linkId: removed.id });
    await notifyOwner(tx, ctx, accountId, "google_unlinked");
    return ok(null);
  });
}
