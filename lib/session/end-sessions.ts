import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { assuranceOf, type Factor } from "#lib/assurance/assurance.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, hours } from "#lib/kernel/time.ts";

/**
 * Which of an account's sessions end. `credential`: those that its proofs opened (id of a passkey, authenticator app or
 * Google link). `all`: every one, but for `except`, the id of a session. `session`: that one. `browser`: those opened
 * in it (id of a device). `ticket`: those that an enrolment ticket opened (its id).
 */
export type WhichSessions =
  | { credential: string }
  | { all: true; except?: string }
  | { session: string }
  | { ticket: string }
  | { browser: string; except?: string };

// A set of proofs opens a session when one of them alone would (assurance.ts): so the database can be asked without
// knowing levels.
const factors = {
  password: true,
  totp: true,
  recovery_code: true,
  passkey_verified: true,
  passkey_present: true,
  email_code: true,
  google: true,
} as const satisfies Record<Factor, true>;
export const openingFactors = (Object.keys(factors) as Factor[]).filter((factor) => assuranceOf([{ factor }]));

const without = (proofs: string, credential: string): string =>
  `coalesce((select jsonb_agg(proof order by nth) from jsonb_array_elements(${proofs}) with ordinality as of_it (proof, nth)
    where proof ->> 'credential' is distinct from ${credential}), '[]'::jsonb)`;

const holds = (proofs: string, credential: string): string =>
  `${proofs} @> jsonb_build_array(jsonb_build_object('credential', ${credential}::text))`;

// Sessions are held in one order before they are written, so that two who end the same ones do not wait for each other.
const endStatement = {
  name: "sessions_end",
  text: `with held as (
      select id from session where account_id = $1 and ended_at is null and id is distinct from $4::uuid
        and ($5::uuid is null or id = $5) and ($6::uuid is null or device_id = $6)
        and ($7::uuid is null or ticket_id = $7) order by id for update
    )
    update session s set ended_at = $2, ended_why = $3 from held where s.id = held.id returning s.id, true as ended`,
};

const endHoldersStatement = {
  name: "sessions_end_holders",
  text: `with held as (
      select id from session where account_id = $1 and ended_at is null and ${holds("proofs", "$5")} order by id for update
    ), decided as (
      select s.id, left_over.proofs, s.id is distinct from $4::uuid or not exists (
        select 1 from jsonb_array_elements(left_over.proofs) as proof where $6::jsonb @> to_jsonb(proof ->> 'factor')
      ) as ends
      from session s join held on held.id = s.id cross join lateral (select ${without("s.proofs", "$5")} as proofs) as left_over
    )
    update session s set proofs = d.proofs, ended_at = case when d.ends then $2::timestamptz end, ended_why = case when d.ends then $3::text end
    from decided d where s.id = d.id returning s.id, d.ends as ended`,
};

/** Longer than any sign-in lives: the older ones need not be looked through. */
const SIGN_INS_OF_LATE = hours(1);
const underWay = "account_id = $1 and step = 'prove' and started_at > $2";

const dropSignInsStatement = {
  name: "sign_ins_drop",
  text: `delete from sign_in_ceremony where ${underWay} and ($3::uuid is null or session_id is distinct from $3::uuid)`,
};

const dropProofsStatement = {
  name: "sign_ins_drop_proofs",
  text: `update sign_in_ceremony set proofs = ${without("proofs", "$3")} where ${underWay} and ${holds("proofs", "$3")}`,
};

/**
 * Ends sessions of an account, in the transaction of what made them worthless, and records each. With `credential` its
 * proofs count nowhere any more: the session that acts goes on with what else it has proven, if that opens anything;
 * the others that held it end. Sign-ins under way lose the same: the proofs of the credential, or, where all end,
 * everything. Ending what has ended changes nothing. Answers the ids of the sessions that ended. A change of a secret
 * is written before this is called: then a sign-in with the old one either finds the new one, or is seen here.
 */
export async function endSessionsOf(
  tx: Tx,
  ctx: Context,
  accountId: string,
  which: WhichSessions,
  why: string,
): Promise<string[]> {
  const now = ctx.now();
  const late = before(now, SIGN_INS_OF_LATE);
  const acting = ctx.actor.kind === "account" ? ctx.actor.sessionId : null;
  let touched: { id: string; ended: boolean }[];
  // Sign-ins go first: one that is finishing is waited for, and its session is then there to be ended.
  if ("credential" in which) {
    await run(tx, dropProofsStatement, [accountId, late, which.credential]);
    touched = await run(tx, endHoldersStatement, [
      accountId,
      now,
      why,
      acting,
      which.credential,
      JSON.stringify(openingFactors),
    ]);
  } else {
    const except = ("except" in which && which.except) || null;
    if ("all" in which) await run(tx, dropSignInsStatement, [accountId, late, except]);
    const only = [
      "session" in which ? which.session : null,
      "browser" in which ? which.browser : null,
      "ticket" in which ? which.ticket : null,
    ];
    touched = await run(tx, endStatement, [accountId, now, why, except, ...only]);
  }
  const ended = touched.filter((session) => session.ended).map(({ id }) => id);
  await recordAll(
    tx,
    ctx,
    ended.map((sessionId) => ({ type: "session.ended", accountId, sessionId, why })),
  );
  return ended;
}
