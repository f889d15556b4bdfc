import { and, asc, eq, inArray, lt, not } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account, activationCeremony, activationLink } from "#db/schema/account.ts";
import { hardwareTokenEvent } from "#db/schema/hardware-token.ts";
import { officerAction, officerRequest, undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { letter } from "#db/schema/mail.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { accountIctRole, helpdeskCase } from "#db/schema/profile.ts";
import { accessRequest } from "#db/schema/relying-party.ts";
import { device, session } from "#db/schema/session.ts";
import { staffDifference } from "#db/schema/staff-register.ts";
import type { Account } from "#lib/account/find-account.ts";
import { sealIdentity } from "#lib/account/seal-identity.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { isAnonymous, nobody } from "./anonymous.ts";
import { forgetAuthenticators } from "./forget-authenticators.ts";

/** A number that no document has: the country code is assigned to none (ISO 3166-1 leaves XX to its users). */
const NOBODYS_NUMBER: IdentityNumber = { type: "passport", country: "XX", number: "00000" };

/** So many at a time: each is a transaction of its own, and the rest wait for the next round. */
const AT_ONCE = 200;

/**
 * Takes out of accounts that closed before this moment whatever says whose they were: name, number, addresses, what was
 * asked for and why. Ids stay, so that the trail still tells one account from another. Answers how many; safe to repeat.
 */
export async function anonymiseClosed(ctx: Context, closedBefore: Date): Promise<number> {
  const due = await ctx.db
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.status, "closed"), lt(account.closedAt, closedBefore), not(isAnonymous(account))))
    .orderBy(asc(account.closedAt))
    .limit(AT_ONCE);
  for (const { id } of due) await ctx.db.transaction((tx) => anonymise(tx, ctx, id, closedBefore));
  return due.length;
}

async function anonymise(tx: Tx, ctx: Context, id: string, closedBefore: Date): Promise<void> {
  const still = and(eq(account.id, id), eq(account.status, "closed"), lt(account.closedAt, closedBefore));
  const [owner] = await tx.select().from(account).where(still).for("update");
  if (!owner) return;
  const { mailbox, fullName, identityIndex } = nobody(id);
  await forgetTexts(tx, id);
  await forgetMail(tx, owner, mailbox);
  await forgetUse(tx, ctx, owner);
  await tx
    .update(account)
    .set({
      fullName,
      identityType: NOBODYS_NUMBER.type,
      identitySealed: sealIdentity(ctx, id, NOBODYS_NUMBER),
      identityIndex,
      identityIndexFormer: null,
      officialEmail: mailbox,
      personalEmail: null,
      mobileSealed: null,
      userHandle: null,
    })
    .where(eq(account.id, id));
}

/** What people wrote: their cases, what they asked for systems for, and officers' reasons, which may name them. */
async function forgetTexts(tx: Tx, id: string): Promise<void> {
  const cases = await tx.select({ id: helpdeskCase.id }).from(helpdeskCase).where(eq(helpdeskCase.accountId, id));
  const caseIds = cases.map((one) => one.id);
  if (caseIds.length > 0) {
    await tx.update(officerAction).set({ caseId: null }).where(inArray(officerAction.caseId, caseIds));
    await tx.update(officerRequest).set({ caseId: null }).where(inArray(officerRequest.caseId, caseIds));
    await tx.delete(helpdeskCase).where(inArray(helpdeskCase.id, caseIds));
  }
  await tx.update(accessRequest).set({ noteSealed: null, refusalSealed: null }).where(eq(accessRequest.accountId, id));
  await tx.update(hardwareTokenEvent).set({ noteSealed: null }).where(eq(hardwareTokenEvent.holderId, id));
  await tx.delete(officerRequest).where(eq(officerRequest.accountId, id));
  await tx.delete(officerAction).where(eq(officerAction.accountId, id));
}

/** What opened it, where it was left open; where it was used; what the staff register says of it. */
async function forgetUse(tx: Tx, ctx: Context, owner: Account): Promise<void> {
  const { id } = owner;
  await forgetAuthenticators(tx, ctx, owner);
  await tx.update(session).set({ deviceId: null }).where(eq(session.accountId, id));
  await tx.delete(device).where(eq(device.accountId, id));
  await tx.delete(accountIctRole).where(eq(accountIctRole.accountId, id));
  await tx.delete(staffDifference).where(eq(staffDifference.accountId, id));
  await tx.delete(moveRequest).where(eq(moveRequest.accountId, id));
}

async function forgetMail(tx: Tx, { id, officialEmail }: Account, mailbox: string): Promise<void> {
  await tx.delete(activationCeremony).where(eq(activationCeremony.accountId, id));
  await tx.delete(activationLink).where(eq(activationLink.accountId, id));
  await tx.update(letter).set({ to: mailbox }).where(eq(letter.accountId, id));
  await tx.delete(undeliverableMailbox).where(eq(undeliverableMailbox.mailbox, officialEmail));
}
