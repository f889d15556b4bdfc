import { and, eq, gte, inArray, isNull, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { account as accounts } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { undoLink } from "#db/schema/recovery.ts";
import { session } from "#db/schema/session.ts";
import { type Account, holdById } from "#lib/account/find-account.ts";
import { move } from "#lib/account/lifecycle.ts";
import { endMailedSecrets } from "#lib/account/mailbox/end-mailed-secrets.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { oweNotice } from "#lib/throttle/owe-notice.ts";
import { openReset } from "../forgotten-password/open-reset.ts";
import { lockAccount } from "../lock/lock-account.ts";
import { stopRecoveries } from "../stop-recoveries.ts";
import { disablePassword } from "./disable-password.ts";
import type { UndoRefusal } from "./disown-sign-in.ts";
import { revokeEnrolled } from "./revoke-enrolled.ts";

/**
 * `used`: the mailbox is back and a new password was chosen since. `taken`: another account has the address by now; the
 * account was locked, and the helpdesk goes on.
 */
export type RestoreRefusal = UndoRefusal | "taken";

/**
 * The change that a link takes back: the mailbox it goes back to, when and where it was changed. `again`: it is back
 * already, and only the new password is still to be chosen.
 */
export type RestoreShown = { mailbox: string; at: Date; device: string | null; again: boolean };

type Found = {
  link: typeof undoLink.$inferSelect;
  owner: Account;
  disabledAt: Date | null;
  hasPassword: string | null;
  device: string | null;
};

const find = (on: Tx | Context["db"], token: string): Promise<Found[]> =>
  on
    .select({
      link: undoLink,
      owner: accounts,
      disabledAt: passwordCredential.disabledAt,
      hasPassword: passwordCredential.accountId,
      device: session.device,
    })
    .from(undoLink)
    .innerJoin(accounts, eq(accounts.id, undoLink.accountId))
    .leftJoin(passwordCredential, eq(passwordCredential.accountId, undoLink.accountId))
    .leftJoin(session, eq(session.id, undoLink.sessionId))
    .where(and(eq(undoLink.tokenDigest, digest(token)), eq(undoLink.purpose, "official_email")));

/** The mailbox a link goes back to, where it still does. */
function usableLink(
  ctx: Context,
  { link, owner, disabledAt, hasPassword }: Found,
): Result<{ mailbox: string }, RestoreRefusal> {
  const mailbox = link.formerMailbox;
  if (owner.status === "closed" || mailbox === null) return refuse("unknown");
  if (link.usedAt) {
    // Until there is a new password the link leads there again, so that half an hour that ran out is no dead end.
    if (hasPassword && !disabledAt) return refuse("used");
    if (owner.officialEmail !== mailbox) return refuse("taken");
  }
  return link.expiresAt <= ctx.now() ? refuse("expired") : ok({ mailbox });
}

/** The change behind a mailed link. Changes nothing: scanners of mail open links too. */
export async function viewMailboxRestore(ctx: Context, token: string): Promise<Result<RestoreShown, RestoreRefusal>> {
  const [found] = await find(ctx.db, token);
  if (!found) return refuse("unknown");
  const usable = usableLink(ctx, found);
  if (!usable.ok) return usable;
  const { link, device } = found;
  return ok({ ...usable.value, at: link.createdAt, device, again: link.usedAt !== null });
}

/**
 * "This was not me", from the former official mailbox: it is the official one again, and whoever changed it is out.
 * Every session ends, the password opens nothing any more, nor does what was set up in the session that changed the
 * mailbox, or in any since; changes that were asked for, recoveries, and the links of later changes and sign-ins stop, or
 * they would undo this. The
 * browser may choose a new password: its secret for the cookie. Of any number at once one does it; the others, until
 * there is a new password, only lead to choosing it. Where another account has the address by now the account is locked
 * instead, and `taken` answered.
 */
export async function restoreMailbox(
  ctx: Context,
  token: string,
): Promise<Result<{ resetToken: string }, RestoreRefusal>> {
  return whenContended(() => ctx.db.transaction((tx) => restore(tx, ctx, token)));
}

async function restore(tx: Tx, ctx: Context, token: string): Promise<Result<{ resetToken: string }, RestoreRefusal>> {
  const [named] = await find(tx, token);
  if (!named || !(await holdById(tx, named.link.accountId))) return refuse("unknown");
  // Once more, now that nobody else changes it.
  const [found] = await find(tx, token);
  if (!found) return refuse("unknown");
  const usable = usableLink(ctx, found);
  if (!usable.ok) return usable;
  const { link, owner } = found;
  if (link.usedAt) return ok(await openReset(tx, ctx, owner.id));

  await shutOut(tx, ctx, link);
  if (!(await isFree(tx, ctx, owner.id, usable.value.mailbox))) {
    await lockAccount(tx, ctx, owner.id, { how: "letter" });
    return refuse("taken");
  }
  await putBack(tx, ctx, owner, usable.value.mailbox);
  return ok(await openReset(tx, ctx, owner.id));
}

/**
 * Whether nobody else has the mailbox. A registration that only named it gives way to who has just shown to read it: or
 * the thief would register with it, and the change stood.
 */
async function isFree(tx: Tx, ctx: Context, accountId: string, mailbox: string): Promise<boolean> {
  const others = and(eq(accounts.officialEmail, mailbox), ne(accounts.id, accountId), ne(accounts.status, "closed"));
  const [holder] = await tx.select().from(accounts).where(others).for("update");
  if (holder?.status !== "registered") return holder === undefined;
  const lapsed = await move(tx, holder, "lapse", { closedAt: ctx.now() });
  if (lapsed.ok) await record(tx, ctx, { type: "account.lapsed", accountId: holder.id });
  return lapsed.ok;
}

/** Whoever changed the mailbox gets no further, whatever becomes of it. */
async function shutOut(tx: Tx, ctx: Context, link: typeof undoLink.$inferSelect): Promise<void> {
  const now = ctx.now();
  const { accountId } = link;
  await tx.update(undoLink).set({ usedAt: now }).where(eq(undoLink.id, link.id));
  // The letters of later changes and sign-ins lie in mailboxes that were not its owner's: by them the thief would undo
  // the undoing, or choose the password once more.
  await tx
    .update(undoLink)
    .set({ expiresAt: now })
    .where(
      and(
        eq(undoLink.accountId, accountId),
        inArray(undoLink.purpose, ["official_email", "not_me"]),
        ne(undoLink.id, link.id),
        gte(undoLink.createdAt, link.createdAt),
      ),
    );
  await tx
    .update(mailboxChange)
    .set({ supersededAt: now })
    .where(
      and(eq(mailboxChange.accountId, accountId), isNull(mailboxChange.consumedAt), isNull(mailboxChange.supersededAt)),
    );
  await endMailedSecrets(tx, ctx, accountId);
  await stopRecoveries(tx, ctx, accountId, "not_me");
  await disablePassword(tx, ctx, accountId, "mailbox_restored");
  // That session and what came after the change, not all of its browser: this mailbox is one the account has left, and
  // may be read by somebody else now.
  await revokeEnrolled(tx, ctx, accountId, { sessionId: link.sessionId, browsers: [], since: link.createdAt });
  await endSessionsOf(tx, ctx, accountId, { all: true }, "mailbox_restored");
}

async function putBack(tx: Tx, ctx: Context, owner: Account, mailbox: string): Promise<void> {
  const now = ctx.now();
  const both = owner.personalEmail?.toLowerCase() === mailbox.toLowerCase();
  await tx
    .update(accounts)
    .set({
      officialEmail: mailbox,
      officialEmailVerifiedAt: now,
      recoveredAt: now,
      ...(both && { personalEmail: null, personalEmailVerifiedAt: null }),
    })
    .where(eq(accounts.id, owner.id));
  await record(tx, ctx, { type: "mailbox.restored", accountId: owner.id });
  const about = { change: "official_email_restored", from: ctx.request.device, at: now.toISOString() } as const;
  const told = await oweNotice(tx, ctx, owner.id, "security_change", about, { change: about.change });
  // Where it was taken from, too: it may have been its owner's after all.
  if (told && owner.officialEmail !== mailbox)
    await enqueue(tx, ctx, { kind: "security_change", accountId: owner.id, to: owner.officialEmail, about });
}
