import { sql } from "drizzle-orm";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { type Officer, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { reachSession, type SessionRefusal } from "../session/reach-session.ts";
import { takesSignUps } from "../session/session-times.ts";
import { tellOfPlaces } from "./tell-of-place.ts";

/** As many as one page of the list has. */
export const INVITED_AT_ONCE = 100;

/** `written`: to how many of them a letter went. The others' mailboxes take none: somebody has to tell them. */
export type Invited = { invited: number; written: number };

/**
 * Asks people of the officer's offices to come. Who was asked already, holds a place or was there is passed over, and so is
 * whoever is not of the session's offices and campaign. Nobody holds a place by it.
 */
export function invitePeople(
  ctx: Context,
  sessionId: string,
  accountIds: readonly string[],
): Promise<Result<Invited, SessionRefusal | "session_over" | "too_many_people">> {
  return ctx.db.transaction(
    async (tx): Promise<Result<Invited, SessionRefusal | "session_over" | "too_many_people">> => {
      const reached = await reachSession(tx, ctx, "onsite.manage", sessionId, "some");
      if (!reached.ok) return reached;
      const { session, officer } = reached.value;
      if (session.campaignClosed || !takesSignUps(session, ctx.now())) return refuse("session_over");
      const chosen = [...new Set(accountIds.filter(isUuid))].toSorted();
      if (chosen.length > INVITED_AT_ONCE) return refuse("too_many_people");
      const now = ctx.now();
      const rows = chosen.map((accountId) => ({ id: uuidv7(now, ctx.random), account_id: accountId }));
      const { rows: invited } = await tx.execute<{ placeId: string; accountId: string }>(sql`
      insert into onsite_place (id, session_id, account_id, state, since, made_by, invited_at)
      select r.id, ${session.id}::uuid, a.id, 'invited', ${now}::timestamptz, ${officer.accountId}::uuid, ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, account_id uuid)
          join account a on a.id = r.account_id and a.status not in ('closed', 'suspended')
          join onsite_session_office o on o.session_id = ${session.id} and o.office_id = a.office_id
          join campaign_person p on p.campaign_id = ${session.campaignId} and p.account_id = a.id and p.state not in ('left', 'done')
        where ${reaches(officer)} order by r.account_id
      on conflict (session_id, account_id) do update set state = 'invited', since = excluded.since, made_by = excluded.made_by,
        invited_at = excluded.invited_at where onsite_place.state = 'given_up'
      returning id as "placeId", account_id as "accountId"`);
      await recordAll(
        tx,
        ctx,
        invited.map(
          (one) => ({ type: "onsite_place.invited", ...one, sessionId: session.id, place: session.place }) as const,
        ),
      );
      const written = await tellOfPlaces(tx, ctx, "invited", invited);
      return ok({ invited: invited.length, written });
    },
  );
}

const reaches = (officer: Officer) => {
  const offices = scopeParameter(scopeOf(officer, "onsite.manage"));
  return sql`(${offices === null}::boolean or a.office_id = any(${sql.param(offices ?? [])}::uuid[]))`;
};
