import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { office } from "#db/schema/office.ts";
import { roleGrant } from "#db/schema/roles.ts";
import { issueActivationLink } from "#lib/account/activation/activation-link.ts";
import { redirectActivation } from "#lib/account/activation/redirect-activation.ts";
import { type Account, lockByIdentity, lockByMailbox } from "#lib/account/find-account.ts";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { preRegisterStaff } from "#lib/account/registration/pre-register-staff.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

export type PersonInvited = { identity: IdentityNumber; fullName: string; officialEmail: string };
export type AdministratorInvited = { accountId: string; letter: "activation" | "notice" };

/**
 * enough: two administrators are at work, who grant roles from then on. not_usable: the account is suspended or locked.
 * mailbox_taken: the address is somebody else's. mailbox_differs: they have activated their account with another one, which
 * may be somebody else with their number. throttled: a link went there just now.
 */
export type InvitationRefusal = "enough" | "not_usable" | "mailbox_taken" | "mailbox_differs" | "throttled";

/** From then on administrators are made by administrators. */
const ENOUGH = 2;

/**
 * The operator makes somebody an administrator, until two are at work: pre-registers them where they have no account, in
 * the agency's first office (made under the agency's name where there is none yet), and sends the activation link. Called again for somebody who has not activated yet it sends
 * another link, to the address given now. One after the other, so that no third comes of two at once.
 */
export async function inviteAdministrator(
  ctx: Context,
  person: PersonInvited,
  agencyName: string,
): Promise<Result<AdministratorInvited, InvitationRefusal>> {
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`lock table role_grant in share row exclusive mode`);
    if ((await administratorsAtWork(tx, ctx.now())) >= ENOUGH) return refuse("enough");
    const found = await findOrPreRegister(tx, ctx, person, agencyName);
    if (!found.ok) return found;
    const whose = found.value;
    if (whose.status !== "activated" && !awaitsActivation(whose.status)) return refuse("not_usable");
    await giveRole(tx, ctx, whose.id);
    if (whose.status === "activated") {
      await notifyOwner(tx, ctx, whose.id, "role_granted");
      return ok({ accountId: whose.id, letter: "notice" });
    }
    const link = await issueActivationLink(tx, ctx, whose, null);
    return link.ok ? ok({ accountId: whose.id, letter: "activation" }) : refuse("throttled");
  });
}

async function administratorsAtWork(tx: Tx, now: Date): Promise<number> {
  const { rows } = await tx.execute<{ found: string }>(
    sql`select count(distinct a.id) as found from role_grant g join account a on a.id = g.account_id
      where g.role = 'administrator' and g.state = 'active' and (g.until_at is null or g.until_at > ${now.toISOString()}::timestamptz) and a.status = 'activated'`,
  );
  return Number(rows[0]?.found ?? 0);
}

async function findOrPreRegister(
  tx: Tx,
  ctx: Context,
  { identity, fullName, officialEmail }: PersonInvited,
  agencyName: string,
): Promise<Result<Account, "mailbox_taken" | "mailbox_differs">> {
  const indexes = blindIndexes(ctx.keys, identity);
  const known = await lockByIdentity(tx, indexes);
  const holder = await lockByMailbox(tx, officialEmail);
  if (holder && holder.id !== known?.id) return refuse("mailbox_taken");
  if (!known) {
    const officeId = await firstOffice(tx, ctx, agencyName);
    await preRegisterStaff(tx, ctx, [{ identity, fullName, officialEmail, officeId, opensAt: null }]);
    const made = await lockByIdentity(tx, indexes);
    if (!made) throw new Error("The administrator was not pre-registered");
    return ok(made);
  }
  if (!awaitsActivation(known.status))
    return known.officialEmail.toLowerCase() === officialEmail ? ok(known) : refuse("mailbox_differs");
  // Somebody else may have registered them, with whatever mailbox: from here it is as the operator says.
  await redirectActivation(tx, ctx, known.id, officialEmail);
  await tx.update(accounts).set({ fullName, staffConfirmedAt: ctx.now() }).where(eq(accounts.id, known.id));
  return ok({ ...known, officialEmail });
}

async function firstOffice(tx: Tx, ctx: Context, agencyName: string): Promise<string> {
  const [first] = await tx
    .select({ id: office.id })
    .from(office)
    .where(isNull(office.retiredAt))
    .orderBy(asc(office.code), asc(office.name))
    .limit(1);
  if (first) return first.id;
  const id = uuidv7(ctx.now(), ctx.random);
  await tx.insert(office).values({ id, code: "0001", name: agencyName });
  return id;
}

async function giveRole(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const held = and(
    eq(roleGrant.accountId, accountId),
    eq(roleGrant.role, "administrator"),
    sql`${roleGrant.state} in ('requested', 'active')`,
  );
  const [has] = await tx.select({ state: roleGrant.state }).from(roleGrant).where(held);
  if (has?.state === "active") return;
  const now = ctx.now();
  if (has) await tx.update(roleGrant).set({ state: "refused", endedAt: now }).where(held);
  const id = uuidv7(now, ctx.random);
  const by = { state: "active", fromAt: now, grantedAt: now } as const;
  await tx.insert(roleGrant).values({ id, accountId, role: "administrator", ...by });
  await record(tx, ctx, { type: "role.granted", accountId, grantId: id, role: "administrator" });
}
