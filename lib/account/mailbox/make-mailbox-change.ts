import { and, asc, eq, gt, gte, inArray, isNull, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { undoLink } from "#db/schema/recovery.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { unmarkMailbox } from "#lib/mail/delivery/mark-mailbox.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { MAILBOX_UNDO_LIFETIME, type SecurityChange } from "#lib/mail/letters.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { oweNotice } from "#lib/throttle/owe-notice.ts";
import type { Account } from "../find-account.ts";
import { type MailboxChange, openOf } from "./change-state.ts";
import { endMailedSecrets } from "./end-mailed-secrets.ts";
import { fitsBeside } from "./request-mailbox-change.ts";

/**
 * Makes a change whose letter was shown to be read, in the transaction that held the account's row and looked at the
 * change. Refuses `taken` where another account has the address meanwhile, `superseded` where it no longer fits beside
 * the account's other one; either way this change is over. At the same moment as another account the unique index
 * decides: the fault is the caller's to try again.
 */
export async function makeMailboxChange(
  tx: Tx,
  ctx: Context,
  owner: Account,
  change: MailboxChange,
): Promise<Result<{ which: MailboxKind }, "taken" | "superseded">> {
  const { which } = change;
  const mailbox = change.mailbox.toLowerCase();
  const fits = fitsBeside(owner, which, mailbox).ok;
  if (!fits || (which === "official" && (await isTaken(tx, owner, mailbox)))) {
    await tx.update(mailboxChange).set({ supersededAt: ctx.now() }).where(eq(mailboxChange.id, change.id));
    if (!fits) return refuse("superseded");
    await record(tx, ctx, { type: "mailbox_change.refused", accountId: owner.id, which, reason: "taken" });
    return refuse("taken");
  }
  const now = ctx.now();
  await tx.update(mailboxChange).set({ consumedAt: now }).where(eq(mailboxChange.id, change.id));
  await tx.update(mailboxChange).set({ supersededAt: now }).where(openOf(owner.id, which));
  await record(tx, ctx, { type: "mailbox.changed", accountId: owner.id, which });
  // What was read there has arrived, whatever came back before.
  await unmarkMailbox(tx, mailbox);
  if (which === "official") await changeOfficial(tx, ctx, owner, mailbox);
  else await changePersonal(tx, ctx, owner, mailbox);
  return ok({ which });
}

async function isTaken(tx: Tx, owner: Account, mailbox: string): Promise<boolean> {
  const others = and(eq(account.officialEmail, mailbox), ne(account.id, owner.id), ne(account.status, "closed"));
  return (await tx.select({ id: account.id }).from(account).where(others)).length > 0;
}

async function changeOfficial(tx: Tx, ctx: Context, owner: Account, mailbox: string): Promise<void> {
  const former = owner.officialEmail;
  const moved = await tx
    .update(account)
    .set({ officialEmail: mailbox, officialEmailVerifiedAt: ctx.now() })
    .where(and(eq(account.id, owner.id), eq(account.officialEmail, former)))
    .returning({ id: account.id });
  if (moved.length === 0) throw new Error(`The held account ${owner.id} changed its mailbox meanwhile`);
  // The one it had was never proven, and is so now.
  if (former.toLowerCase() === mailbox) return tell(tx, ctx, owner, "official_email_changed");
  await endMailedSecrets(tx, ctx, owner.id);
  // What was proven by a code to the former mailbox counts no more.
  await endSessionsOf(tx, ctx, owner.id, { credential: owner.id }, "official_email_changed");
  const wentBack = await endUndoLinks(tx, ctx, owner.id, mailbox);
  // Of one that was never proven nobody knows whose it is: by a link there a stranger would take the account.
  const isKnown = owner.officialEmailVerifiedAt !== null;
  await tell(tx, ctx, owner, "official_email_changed", wentBack && isKnown ? former : null);
  if (!wentBack && isKnown) await tellFormer(tx, ctx, owner.id, former);
}

/**
 * Whether a former mailbox that may still take a change back is the official one again by this. Then that is what
 * happened: no link mailed since, to take a change back or to disown a sign-in, opens anything, or whoever reads the
 * mailbox in between would have the last word.
 */
async function endUndoLinks(tx: Tx, ctx: Context, accountId: string, mailbox: string): Promise<boolean> {
  const now = ctx.now();
  const open = and(
    eq(undoLink.accountId, accountId),
    inArray(undoLink.purpose, ["official_email", "not_me"]),
    isNull(undoLink.usedAt),
    gt(undoLink.expiresAt, now),
  );
  const [first] = await tx
    .select({ createdAt: undoLink.createdAt })
    .from(undoLink)
    .where(and(open, eq(undoLink.formerMailbox, mailbox)))
    .orderBy(asc(undoLink.createdAt))
    .limit(1);
  if (!first) return false;
  await tx
    .update(undoLink)
    .set({ expiresAt: now })
    .where(and(open, gte(undoLink.createdAt, first.createdAt)));
  return true;
}

/** The former mailbox alone may take it back: who changed it reads the new one, and perhaps the second one too. */
async function tellFormer(tx: Tx, ctx: Context, accountId: string, former: string): Promise<void> {
  const now = ctx.now();
  const undoId = uuidv7(now, ctx.random);
  await tx.insert(undoLink).values({
    id: undoId,
    accountId,
    purpose: "official_email",
    sessionId: ctx.actor.kind === "account" ? ctx.actor.sessionId : null,
    formerMailbox: former,
    tokenDigest: digest(mailedToken(ctx.keys, "undo", undoId)),
    createdAt: now,
    expiresAt: after(now, MAILBOX_UNDO_LIFETIME),
  });
  const about = { undoId, from: ctx.request.device, at: now.toISOString() };
  await enqueue(tx, ctx, { kind: "mailbox_changed", accountId, to: former, about });
}

async function changePersonal(tx: Tx, ctx: Context, owner: Account, mailbox: string): Promise<void> {
  await tx
    .update(account)
    .set({ personalEmail: mailbox, personalEmailVerifiedAt: ctx.now() })
    .where(eq(account.id, owner.id));
  const former = owner.personalEmailVerifiedAt ? owner.personalEmail : null;
  await tell(tx, ctx, owner, "personal_email_set", former);
}

/** Every address the account has now, and one that it has no longer. */
async function tell(
  tx: Tx,
  ctx: Context,
  { id }: Account,
  change: SecurityChange,
  former: string | null = null,
): Promise<void> {
  const about = { change, from: ctx.request.device, at: ctx.now().toISOString() };
  const told = await oweNotice(tx, ctx, id, "security_change", about, { change });
  if (told && former) await enqueue(tx, ctx, { kind: "security_change", accountId: id, to: former, about });
}
