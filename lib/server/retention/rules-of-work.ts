import { and, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import { transactionApproval } from "#db/schema/approval.ts";
import { campaign, campaignPerson } from "#db/schema/campaign.ts";
import { campaignLetter, campaignRun } from "#db/schema/campaign-run.ts";
import { hardwareTokenImport } from "#db/schema/hardware-token.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { onsitePlace, onsiteSession } from "#db/schema/onsite.ts";
import {
  accessRequest,
  consent,
  oidcRecord,
  relyingPartyRoleGrant,
  relyingPartySession,
} from "#db/schema/relying-party.ts";
import { roleGrant } from "#db/schema/roles.ts";
import {
  invitation,
  invitationRound,
  staffImport,
  staffImportChunk,
  staffImportRow,
  staffLeaver,
} from "#db/schema/staff-register.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Duration } from "#lib/kernel/time.ts";
import { retention } from "./periods.ts";
import type { Rule } from "./rules.ts";

/** Of systems, of the staff register and of campaigns. `ago`: the moment that lies so far back. */
export function rulesOfWork({ db, now }: Pick<Context, "db" | "now">, ago: (period: Duration) => Date): Rule[] {
  return [...ofSystems(now(), ago), ...ofTheRegister(db, ago), ...ofCampaigns(db, ago)];
}

type Ago = (period: Duration) => Date;

function ofSystems(now: Date, ago: Ago): Rule[] {
  const ended = ago(retention.endedRight);
  return [
    // A code or token that has run out is refused whether it is there or not.
    { table: oidcRecord, where: lt(oidcRecord.expiresAt, now) },
    {
      // One that a relying party is still to be told of stays until that is settled.
      table: relyingPartySession,
      where: and(
        lt(relyingPartySession.endedAt, ago(retention.relyingPartySession)),
        isNull(relyingPartySession.logoutDueAt),
        or(
          lt(relyingPartySession.endedAt, ago(retention.lastRelyingPartySession)),
          sql`exists (select 1 from ${relyingPartySession} newer where newer.account_id = ${relyingPartySession.accountId}
            and newer.relying_party_id = ${relyingPartySession.relyingPartyId} and newer.last_used_at > ${relyingPartySession.lastUsedAt})`,
        ),
      ),
    },
    {
      table: transactionApproval,
      where: and(
        lt(transactionApproval.expiresAt, ago(retention.undecidedApproval)),
        or(eq(transactionApproval.state, "open"), lt(transactionApproval.expiresAt, ago(retention.decidedApproval))),
      ),
    },
    { table: relyingPartyRoleGrant, where: lt(relyingPartyRoleGrant.endedAt, ended) },
    { table: accessRequest, where: lt(accessRequest.decidedAt, ago(retention.officersWork)) },
    { table: consent, where: lt(consent.withdrawnAt, ended) },
    {
      // Of officers: some hundreds.
      table: roleGrant,
      few: true,
      where: and(
        lt(roleGrant.endedAt, ended),
        sql`not exists (select 1 from ${officerRequest} where ${officerRequest.grantId} = ${roleGrant.id})`,
      ),
    },
  ];
}

function ofTheRegister(db: Context["db"], ago: Ago): Rule[] {
  const over = or(
    lt(staffImport.endedAt, ago(retention.staffImport)),
    and(
      inArray(staffImport.state, ["receiving", "reading", "columns", "ready"]),
      lt(staffImport.uploadedAt, ago(retention.staffImportLeft)),
    ),
  );
  const imports = db.select({ id: staffImport.id }).from(staffImport).where(over);
  const rounds = db
    .select({ id: invitationRound.id })
    .from(invitationRound)
    .where(lt(invitationRound.endedAt, ago(retention.invitation)));
  return [
    // Their hundred thousand rows before them, which would go with them at once. One that is being applied is finished,
    // however long it takes.
    { table: staffImportRow, where: inArray(staffImportRow.importId, imports) },
    { table: staffImportChunk, where: inArray(staffImportChunk.importId, imports) },
    {
      table: staffImport,
      few: true,
      where: and(
        over,
        sql`not exists (select 1 from ${staffImportRow} where ${staffImportRow.importId} = ${staffImport.id})`,
      ),
    },
    {
      table: hardwareTokenImport,
      few: true,
      where: or(
        lt(hardwareTokenImport.endedAt, ago(retention.staffImport)),
        and(eq(hardwareTokenImport.state, "ready"), lt(hardwareTokenImport.uploadedAt, ago(retention.staffImportLeft))),
      ),
    },
    {
      table: staffLeaver,
      where: and(lt(staffLeaver.decidedAt, ago(retention.endedRight)), ne(staffLeaver.state, "proposed")),
    },
    { table: invitation, where: inArray(invitation.roundId, rounds) },
  ];
}

function ofCampaigns(db: Context["db"], ago: Ago): Rule[] {
  const closed = (period: Duration) =>
    db
      .select({ id: campaign.id })
      .from(campaign)
      .where(and(isNotNull(campaign.closedAt), lt(campaign.closedAt, ago(period))));
  const runs = db
    .select({ id: campaignRun.id })
    .from(campaignRun)
    .where(inArray(campaignRun.campaignId, closed(retention.campaignLetter)));
  const sessions = db
    .select({ id: onsiteSession.id })
    .from(onsiteSession)
    .where(lt(onsiteSession.endsAt, ago(retention.onsitePlace)));
  return [
    { table: campaignLetter, where: inArray(campaignLetter.runId, runs) },
    { table: campaignPerson, where: inArray(campaignPerson.campaignId, closed(retention.campaignPerson)) },
    { table: moveRequest, where: inArray(moveRequest.campaignId, closed(retention.campaignPerson)), few: true },
    { table: onsitePlace, where: inArray(onsitePlace.sessionId, sessions) },
  ];
}
