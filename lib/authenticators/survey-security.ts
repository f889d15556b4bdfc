import { run } from "#db/named.ts";
import { type Enrolled, enrolledColumns } from "#lib/assurance/enrolled.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { SESSION_IDLE } from "#lib/session/session.ts";

/** How many open sessions the survey tells of; it counts them all. */
const SESSIONS_SHOWN = 3;

/**
 * All that an account signs in with, and where it has: what its owner sees of it at a glance. Nothing in it is a
 * secret.
 */
export type SecuritySurvey = {
  enrolled: Enrolled;
  passwordSetAt: Date | null;
  /** Oldest first. */
  passkeys: { id: string; name: string; backedUp: boolean; createdAt: Date; lastUsedAt: Date | null }[];
  totp: { setAt: Date; lastUsedAt: Date | null } | null;
  /** How many were made together; 0 where none were. */
  recoveryCodes: number;
  phraseSet: boolean;
  questions: number;
  officialEmailVerified: boolean;
  googleLinkedAt: Date | null;
  /** Open sessions: this one, then those seen last. */
  sessions: { id: string; device: string; lastSeenAt: Date; here: boolean }[];
  sessionCount: number;
};

type Row = Enrolled & {
  passwordSetAt: Date | null;
  passkeyList: { id: string; name: string; backedUp: boolean; createdAt: string; lastUsedAt: string | null }[];
  totpSetAt: Date | null;
  totpLastUsedAt: Date | null;
  recoveryCodes: number;
  phraseSet: boolean;
  questions: number;
  officialEmailVerified: boolean;
  googleLinkedAt: Date | null;
  sessions: { id: string; device: string; lastSeenAt: string; here: boolean }[];
  sessionCount: number;
};

const findStatement = {
  name: "security_survey",
  text: `with open as materialized (
      select id, device, last_seen_at, id = $2::uuid as here from session
      where account_id = $1 and ended_at is null and expires_at > $3 and last_seen_at > $4
    )
    select ${enrolledColumns("a.id")},
      p.set_at as "passwordSetAt", t.set_at as "totpSetAt", t.last_used_at as "totpLastUsedAt",
      (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'backedUp', k.backed_up,
          'createdAt', k.created_at, 'lastUsedAt', k.last_used_at) order by k.created_at, k.id), '[]')
        from passkey k where k.account_id = a.id) as "passkeyList",
      (select count(*)::int from recovery_code where account_id = a.id) as "recoveryCodes",
      exists (select 1 from security_phrase where account_id = a.id) as "phraseSet",
      (select count(*)::int from security_answer where account_id = a.id) as "questions",
      a.official_email_verified_at is not null as "officialEmailVerified",
      g.linked_at as "googleLinkedAt",
      (select coalesce(json_agg(json_build_object('id', o.id, 'device', o.device, 'lastSeenAt', o.last_seen_at,
          'here', o.here) order by o.here desc, o.last_seen_at desc), '[]')
        from (select * from open order by here desc, last_seen_at desc limit ${SESSIONS_SHOWN}) o) as "sessions",
      (select count(*)::int from open) as "sessionCount"
    from account a
      left join password_credential p on p.account_id = a.id
      left join totp_credential t on t.account_id = a.id
      left join google_link g on g.account_id = a.id
    where a.id = $1`,
};

/** Everything the overview of the settings tells, in one question. */
export async function surveySecurity(
  ctx: Pick<Context, "db" | "now">,
  of: { accountId: string; sessionId: string },
): Promise<SecuritySurvey> {
  const now = ctx.now();
  const [row] = await run<Row>(ctx.db, findStatement, [of.accountId, of.sessionId, now, before(now, SESSION_IDLE)]);
  if (!row) throw new Error("An account with an open session is gone");
  const { password, passkeys, totp, recoveryCodesLeft, emailCode, google, asksTwoFactors, ...rest } = row;
  const { passkeyList, totpSetAt, totpLastUsedAt, sessions, ...told } = rest;
  return {
    ...told,
    enrolled: { password, passkeys, totp, recoveryCodesLeft, emailCode, google, asksTwoFactors },
    passkeys: passkeyList.map(({ createdAt, lastUsedAt, ...key }) => ({
      ...key,
      createdAt: new Date(createdAt),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
    })),
    totp: totpSetAt && { setAt: totpSetAt, lastUsedAt: totpLastUsedAt },
    sessions: sessions.map(({ lastSeenAt, ...open }) => ({ ...open, lastSeenAt: new Date(lastSeenAt) })),
  };
}
