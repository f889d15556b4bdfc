import { and, eq, gt, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { officerAction } from "#db/schema/helpdesk.ts";
import { issueActivationLink } from "#lib/account/activation/activation-link.ts";
import { redirectActivation } from "#lib/account/activation/redirect-activation.ts";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { domainsOfAccount } from "#lib/account/mailbox/domains-of-owner.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type EmailRefusal, parseOfficialEmail } from "#lib/kernel/email-address.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before, hours } from "#lib/kernel/time.ts";
import { unmarkMailbox } from "#lib/mail/delivery/mark-mailbox.ts";
import { reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";
import { limits } from "#lib/throttle/limits.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { takeSystemRoles } from "../systems/take-system-roles.ts";
import { actOn, type Wanted } from "./act-on.ts";

/**
 * not_awaiting_activation: an activated person changes it themselves. mailbox_same: it is that already. mailbox_taken:
 * another account has it; an officer may know. too_many: five in an hour for one person.
 */
export type CorrectRefusal = EmailRefusal | "not_awaiting_activation" | "mailbox_same" | "mailbox_taken" | "too_many";

/** The new address, and whether a link is on its way there. */
export type Corrected = { mailbox: string; mailed: boolean };

/**
 * The official address of somebody who is not activated yet is another (`redirectActivation`), and a fresh link goes there
 * at once (for people whose activation is not open yet, once they ask). The former is told nothing, since it may be a
 * stranger's. Roles in other systems that wait for this person end where the officer could not give them: whoever reads the
 * new mailbox would come to hold them. `typed`: as it was typed.
 */
export async function correctMailbox(
  ctx: Context,
  { typed, ...wanted }: Wanted & { typed: string },
): Promise<Result<Corrected, CorrectRefusal | ReachRefusal>> {
  return actOn(
    ctx,
    "correct_mailbox",
    wanted,
    async ({ tx, ctx: desk, officer, account, act }): Promise<Result<Corrected, CorrectRefusal>> => {
      // After the scope: somebody else's account answers alike, whatever was typed.
      const parsed = parseOfficialEmail(typed, await domainsOfAccount(tx, desk, account.id));
      if (!parsed.ok) return parsed;
      const mailbox = parsed.value;
      if (!awaitsActivation(account.status)) return refuse("not_awaiting_activation");
      if (account.officialEmail.toLowerCase() === mailbox) return refuse("mailbox_same");
      const others = and(
        eq(accounts.officialEmail, mailbox),
        ne(accounts.id, account.id),
        ne(accounts.status, "closed"),
      );
      if ((await tx.$count(accounts, others)) > 0) return refuse("mailbox_taken");
      if ((await correctedOfLate(tx, desk, account.id)) >= limits.letters.anHour) return refuse("too_many");

      const { actionId } = await act();
      await redirectActivation(tx, desk, account.id, mailbox);
      await record(tx, desk, { type: "mailbox.corrected", accountId: account.id, actionId });
      // The officer vouches for it: one letter shows whether what came back from there before still counts.
      await unmarkMailbox(tx, mailbox);
      if (!reachesOffice(scopeOf(officer, "system.assign"), account.officeId))
        await takeSystemRoles(tx, desk, account.id);
      const issued = await issueActivationLink(tx, desk, { ...account, officialEmail: mailbox }, null);
      await notifyOwner(tx, desk, account.id, "mailbox_corrected");
      return ok({ mailbox, mailed: issued.ok });
    },
  );
}

function correctedOfLate(tx: Tx, ctx: Context, accountId: string): Promise<number> {
  const its = and(eq(officerAction.accountId, accountId), eq(officerAction.action, "correct_mailbox"));
  return tx.$count(officerAction, and(its, gt(officerAction.at, before(ctx.now(), hours(1)))));
}
