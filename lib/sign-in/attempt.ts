import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import type { Aal, Proof } from "#lib/assurance/assurance.ts";
import { type Enrolled, enrolledColumns } from "#lib/assurance/enrolled.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { before } from "#lib/kernel/time.ts";
import { everKnown } from "#lib/session/forget-browser.ts";
import { SIGN_IN_LIFETIME } from "./ceremony.ts";

/** A sign-in that waits for a proof, and the account behind it if any: what every way to prove oneself reads first. */
export type Attempt = {
  ceremonyId: string;
  startedAt: Date;
  /** What the portal, a relying party or a console asks for; the account's own switch comes on top. */
  required: Aal;
  proofs: Proof[];
  /** What the session brings along counts if it was proven since then; null: if ten minutes ago or later. */
  proofsSince: Date | null;
  returnTo: string | null;
  identityIndex: string;
  /** The session that is stepped up; null where a new one is to be opened. */
  sessionId: string | null;
  /** The enrolment ticket it was begun with: a password opens a session for that enrolment alone. */
  ticketId: string | null;
  accountId: string | null;
  status: AccountStatus | null;
  officialEmail: string | null;
  language: Language | null;
  /** The browser, where the account has been signed in from it before. */
  deviceId: string | null;
  /**
   * It was ever signed in to: a browser that is forgotten is none the less no reason to let the next one in
   * unannounced.
   */
  hasDevices: boolean;
  enrolled: Enrolled;
};

/** What of an attempt is read in one statement: `c` is the ceremony's row, `a` its account's, `known` the browser's. */
export const attemptColumns = `c.id as "ceremonyId", c.started_at as "startedAt", c.required, c.proofs, c.proofs_since as "proofsSince", c.return_to as "returnTo",
  c.identity_index as "identityIndex", c.session_id as "sessionId", c.ticket_id as "ticketId", c.account_id as "accountId", a.status,
  a.official_email as "officialEmail", a.language, known.id as "deviceId",
  exists (select 1 from device d where d.account_id = c.account_id and ${everKnown("d")}) as "hasDevices",
  ${enrolledColumns("c.account_id")}`;

/** A row of those columns as it comes from the database. */
export type AttemptRow = Omit<Attempt, "enrolled"> & Enrolled;

export function attemptOf(row: AttemptRow): Attempt {
  const { password, passkeys, totp, recoveryCodesLeft, emailCode, google, asksTwoFactors, ...attempt } = row;
  return { ...attempt, enrolled: { password, passkeys, totp, recoveryCodesLeft, emailCode, google, asksTwoFactors } };
}

const openStatement = {
  name: "sign_in_attempt",
  text: `select ${attemptColumns}
    from sign_in_ceremony c
      left join account a on a.id = c.account_id
      left join device known on known.account_id = c.account_id and known.token_digest = $2 and known.signed_in_at is not null
    where c.token_digest = $1 and c.step = 'prove' and c.started_at > $3`,
};

/** The sign-in of a browser's ceremony secret; nothing where none waits for a proof, or its time ran out. */
export async function openAttempt(ctx: Context, ceremonyToken: string): Promise<Attempt | null> {
  const device = ctx.request.deviceToken;
  const [row] = await run<AttemptRow>(ctx.db, openStatement, [
    digest(ceremonyToken),
    device === null ? null : digest(device),
    before(ctx.now(), SIGN_IN_LIFETIME),
  ]);
  return row ? attemptOf(row) : null;
}
