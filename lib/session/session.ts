import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after, before, hours, minutes } from "#lib/kernel/time.ts";
import { type Grant, grantsColumn } from "./grants-in-force.ts";

/** Figures: NIST SP 800-63B-4 §2.2.3 and the session rules of the portal. */
export const SESSION_LIFETIME = hours(12);
export const SESSION_IDLE = minutes(30);
/** The same of somebody who holds a role: what lies open on their screen is not only theirs. */
export const OFFICER_IDLE = minutes(15);
/** Of a session that an enrolment ticket opened: one enrolment takes some minutes, and the ticket opens another. */
export const ENROLMENT_LIFETIME = minutes(30);
/** How stale "last seen" may be: one write a minute for a busy browser, not one a page. */
export const SEEN_STEP = minutes(1);
/** A step that no session is due for: it is not seen. */
const NEVER_DUE = new Date(0);

export type Session = {
  id: string;
  accountId: string;
  proofs: Proof[];
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  device: string;
  fullName: string;
  officeName: string;
  staffConfirmedAt: Date | null;
  emailVerifiedAt: Date | null;
  /** The enrolment ticket it was opened with: it may enrol one second factor, and nothing else. */
  ticketId: string | null;
  /** A lost second factor waits to be replaced: its owner is to see it on every page. */
  recoveryWaits: boolean;
  /** The roles in force at this moment, read anew by each request; none of staff. */
  grants: Grant[];
};

/** The moment a session must have been seen after, of the two parameters: staff's, and an officer's. */
export const idleSince = (staff: string, officer: string): string =>
  `case when r.grants = '[]' then ${staff}::timestamptz else ${officer}::timestamptz end`;

const findStatement = {
  name: "session_by_token",
  text: `with found as materialized (
      select s.id, s.account_id as "accountId", s.proofs, s.created_at as "createdAt", s.expires_at as "expiresAt", s.device, s.last_seen_at, s.ticket_id as "ticketId",
        case when s.last_seen_at < $4 then $2 else s.last_seen_at end as "lastSeenAt",
        a.full_name as "fullName", a.staff_confirmed_at as "staffConfirmedAt", a.official_email_verified_at as "emailVerifiedAt", o.name as "officeName",
        exists (select 1 from recovery r where r.account_id = a.id and r.started_at is not null and r.cancelled_at is null and r.completed_at is null) as "recoveryWaits",
        r.grants
      from session s join account a on a.id = s.account_id join office o on o.id = a.office_id
      cross join lateral (select ${grantsColumn("a.id", "$2", "s.created_at")} as grants) r
      where s.token_digest = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > ${idleSince("$3", "$5")} and a.status = 'activated'
    ), seen as (
      update session set last_seen_at = $2 where id = (select id from found where last_seen_at < $4)
    )
    select * from found`,
};

/**
 * The live session of a cookie's secret, with what every page of the account shows. Nothing where it ended, was idle
 * for 30 minutes (15 where a role is held), is 12 hours old, or the account may no longer sign in: the row decides, at each request.
 * `isUse`: false where a page asks by itself, which keeps no session alive.
 */
export async function findSession(
  ctx: Pick<Context, "db" | "now">,
  token: string,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<Session | null> {
  const now = ctx.now();
  const [found] = await run<Session>(ctx.db, findStatement, [
    digest(token),
    now,
    before(now, SESSION_IDLE),
    isUse ? before(now, SEEN_STEP) : NEVER_DUE,
    before(now, OFFICER_IDLE),
  ]);
  return found ?? null;
}

const endStatement = {
  name: "session_end_of",
  text: `select s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt", r.grants from session s join account a on a.id = s.account_id
      cross join lateral (select ${grantsColumn("a.id", "$2", "s.created_at")} as grants) r
    where s.token_digest = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > ${idleSince("$3", "$4")} and a.status = 'activated'`,
};

/** How a session will end where nothing more is done in it. */
export type SessionEnd = { secondsLeft: number; why: "idle" | "overall" };

/** Whole seconds until a session ends by itself, and by which limit. */
export function endOf(session: Pick<Session, "lastSeenAt" | "expiresAt" | "grants">, now: Date): SessionEnd {
  const idleAt = after(session.lastSeenAt, session.grants.length > 0 ? OFFICER_IDLE : SESSION_IDLE);
  const [at, why] = idleAt < session.expiresAt ? [idleAt, "idle" as const] : [session.expiresAt, "overall" as const];
  return { secondsLeft: Math.max(0, Math.floor((at.getTime() - now.getTime()) / 1_000)), why };
}

/** When a browser's session ends, without counting as use of it; nothing where it has ended. */
export async function lookAtSession(ctx: Pick<Context, "db" | "now">, token: string): Promise<SessionEnd | null> {
  const now = ctx.now();
  const [found] = await run<Pick<Session, "lastSeenAt" | "expiresAt" | "grants">>(ctx.db, endStatement, [
    digest(token),
    now,
    before(now, SESSION_IDLE),
    before(now, OFFICER_IDLE),
  ]);
  return found ? endOf(found, now) : null;
}
