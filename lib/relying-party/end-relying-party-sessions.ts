import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { oidcRecord, relyingParty, relyingPartySession } from "#db/schema/relying-party.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";

/**
 * Where whoever tells relying parties of sign-outs listens (PostgreSQL `NOTIFY`): the id of a session of the portal that has
 * ended, with sign-ins that hang on it; or nothing, where sign-ins have ended already.
 */
export const LOGOUTS_CHANNEL = "kunci_logouts";

/**
 * Which sign-ins at relying parties are ended: of somebody, in one of them or in all; of everybody in one; those of one session
 * of the portal; or some by their ids.
 */
export type WhichSessions =
  | { sessionId: string }
  | { accountId: string; relyingPartyId?: string }
  | { relyingPartyId: string }
  | { relyingPartySessionIds: readonly string[] };

export type WhyEnded =
  | "signed_out"
  | "signed_out_of_system"
  | "session_ended"
  | "no_access"
  | "disabled"
  | "consent_withdrawn"
  | "not_agreed"
  | "code_reused"
  | "token_reused";

/**
 * Ends sign-ins at relying parties, with every code and token that hangs on them, and owes each relying party that has an
 * address for it the news (OpenID Connect Back-Channel Logout 1.0). Answers how many ended. What has ended changes nothing.
 */
export async function endRelyingPartySessions(
  tx: Tx,
  ctx: Context,
  which: WhichSessions,
  why: WhyEnded,
): Promise<number> {
  const now = ctx.now();
  const ended = await tx
    .update(relyingPartySession)
    .set({
      endedAt: now,
      endedWhy: why,
      logoutDueAt: sql`case when ${relyingParty.backchannelLogoutUri} is not null then ${now.toISOString()}::timestamptz end`,
    })
    .from(relyingParty)
    .where(
      and(eq(relyingParty.id, relyingPartySession.relyingPartyId), isNull(relyingPartySession.endedAt), those(which)),
    )
    .returning({
      id: relyingPartySession.id,
      accountId: relyingPartySession.accountId,
      relyingPartyId: relyingPartySession.relyingPartyId,
      system: relyingParty.name,
      owed: relyingPartySession.logoutDueAt,
    });
  if (ended.length === 0) return 0;
  await tx.delete(oidcRecord).where(
    inArray(
      oidcRecord.grantId,
      ended.map(({ id }) => id),
    ),
  );
  await recordAll(
    tx,
    ctx,
    ended.map(({ id: relyingPartySessionId, accountId, relyingPartyId, system }) => ({
      type: "relying_party.signed_out",
      accountId,
      relyingPartyId,
      system,
      relyingPartySessionId,
      why,
    })),
  );
  if (ended.some(({ owed }) => owed !== null)) await tx.execute(sql`select pg_notify(${LOGOUTS_CHANNEL}, '')`);
  return ended.length;
}

function those(which: WhichSessions): SQL | undefined {
  if ("relyingPartySessionIds" in which) return inArray(relyingPartySession.id, [...which.relyingPartySessionIds]);
  if ("sessionId" in which) return eq(relyingPartySession.sessionId, which.sessionId);
  return and(
    "accountId" in which ? eq(relyingPartySession.accountId, which.accountId) : undefined,
    which.relyingPartyId === undefined ? undefined : eq(relyingPartySession.relyingPartyId, which.relyingPartyId),
  );
}
