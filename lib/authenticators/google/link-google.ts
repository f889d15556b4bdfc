import { eq, or } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { run } from "#db/named.ts";
import { googleLink } from "#db/schema/second-factors.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seal } from "#lib/kernel/sealed.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { notifyOwner } from "../notify-owner.ts";
import { EMAIL_PURPOSE, type GoogleIdentity } from "./google-identity.ts";

/**
 * linked_elsewhere: it opens another account. already_linked: this account has another Google account, to be unlinked
 * first.
 */
export type LinkRefusal = ChangeRefusal | "linked_elsewhere" | "already_linked";

// A closed account opens no more, so what was linked to it is free again, as its number and mailbox are.
const freeStatement = {
  name: "google_link_free",
  text: `delete from google_link l using account a where a.id = l.account_id and a.status = 'closed' and l.subject = $1`,
};

/**
 * Lets a Google account open the signed-in owner's account at AAL1 from now on. Linking the same one again changes
 * nothing. Of two accounts that link one Google account at once, one is refused: the unique constraint decides.
 */
export async function linkGoogle(
  ctx: Context,
  google: GoogleIdentity,
): Promise<Result<{ linkId: string }, LinkRefusal>> {
  return whenContended(() => ctx.db.transaction((tx) => link(tx, ctx, google)));
}

async function link(
  tx: Tx,
  ctx: Context,
  { subject, email }: GoogleIdentity,
): Promise<Result<{ linkId: string }, LinkRefusal> | null> {
  const may = await mayChange(tx, ctx, "google.link");
  if (!may.ok) return may;
  const { accountId } = may.value;
  await run(tx, freeStatement, [subject]);
  const now = ctx.now();
  const linkId = uuidv7(now, ctx.random);
  const added = await tx
    .insert(googleLink)
    .values({
      id: linkId,
      accountId,
      subject,
      emailSealed: seal(ctx.keys.sealing, ctx.random, email, EMAIL_PURPOSE, linkId),
      linkedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: googleLink.id });
  if (added.length === 0) return inTheWay(tx, ctx, accountId, subject);
  await record(tx, ctx, { type: "google.linked", accountId, linkId });
  await notifyOwner(tx, ctx, accountId, "google_linked");
  return ok({ linkId });
}

/** What kept it from being linked; null where that is gone by now. */
async function inTheWay(
  tx: Tx,
  ctx: Context,
  accountId: string,
  subject: string,
): Promise<Result<{ linkId: string }, LinkRefusal> | null> {
  const found = await tx
    .select({ id: googleLink.id, accountId: googleLink.accountId, subject: googleLink.subject })
    .from(googleLink)
    .where(or(eq(googleLink.subject, subject), eq(googleLink.accountId, accountId)));
  const own = found.find((each) => each.accountId === accountId);
  if (own) return own.subject === subject ? ok({ linkId: own.id }) : refuse("already_linked");
  if (found.length === 0) return null;
  await record(tx, ctx, { type: "google.refused", accountId, reason: "linked_elsewhere" });
  return refuse("linked_elsewhere");
}
