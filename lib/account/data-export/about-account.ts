import { asc, desc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { office } from "#db/schema/office.ts";
import { accountIctRole, helpdeskCase, ictRole, mailboxChange } from "#db/schema/profile.ts";
import { roleGrant } from "#db/schema/roles.ts";
import type { Account } from "#lib/account/find-account.ts";
import { readCase, readEnding } from "#lib/account/open-case.ts";
import { unsealMobile } from "#lib/account/profile/seal-mobile.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { Context } from "#lib/kernel/context.ts";

/** The account itself, who its owner is, and what was asked to be changed about it. */
export async function aboutAccount(tx: Tx, ctx: Context, owner: Account) {
  const { identityIndex, identityIndexFormer, identitySealed, identityType, mobileSealed, ...rest } = owner;
  const { userHandle, pairwiseSeed, officeId, ...account } = rest;
  const [works] = await tx
    .select({ code: office.code, name: office.name, address: office.address })
    .from(office)
    .where(eq(office.id, officeId));
  const roles = await tx
    .select({ nameMs: ictRole.nameMs, nameEn: ictRole.nameEn, heldSince: accountIctRole.heldSince })
    .from(accountIctRole)
    .innerJoin(ictRole, eq(ictRole.id, accountIctRole.roleId))
    .where(eq(accountIctRole.accountId, owner.id))
    .orderBy(asc(ictRole.position));
  const mailboxes = await tx
    .select({
      which: mailboxChange.which,
      mailbox: mailboxChange.mailbox,
      requestedFrom: mailboxChange.requestedFrom,
      requestedAt: mailboxChange.createdAt,
      confirmedAt: mailboxChange.consumedAt,
    })
    .from(mailboxChange)
    .where(eq(mailboxChange.accountId, owner.id))
    .orderBy(desc(mailboxChange.createdAt));
  const cases = await tx
    .select({ filed: helpdeskCase, office: office.name })
    .from(helpdeskCase)
    .leftJoin(office, eq(office.id, helpdeskCase.officeId))
    .where(eq(helpdeskCase.accountId, owner.id))
    .orderBy(desc(helpdeskCase.openedAt));
  const grants = await tx
    .select({
      role: roleGrant.role,
      office: office.name,
      state: roleGrant.state,
      from: roleGrant.fromAt,
      until: roleGrant.untilAt,
      endedAt: roleGrant.endedAt,
    })
    .from(roleGrant)
    .leftJoin(office, eq(office.id, roleGrant.officeId))
    .where(eq(roleGrant.accountId, owner.id))
    .orderBy(desc(roleGrant.grantedAt));
  return {
    account,
    identity: unsealIdentity(ctx, owner),
    mobile: unsealMobile(ctx, owner),
    office: works ?? null,
    ictRoles: roles,
    portalRoles: grants,
    mailboxChanges: mailboxes,
    cases: cases.map(({ filed, office: wantedOffice }) => {
      const { reference, kind, eventId, state, openedAt, endedAt } = filed;
      return {
        reference,
        kind,
        eventId,
        office: wantedOffice,
        state,
        openedAt,
        endedAt,
        ...readCase(ctx, filed),
        ...readEnding(ctx, filed),
      };
    }),
  };
}
