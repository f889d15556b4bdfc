import type { Db, Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { acrOf, assuranceOf, type Proof } from "#lib/assurance/assurance.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { tellWritten } from "#lib/audit/hear-events.ts";
import { auditRow } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { ENROLMENT_LIFETIME, SESSION_LIFETIME } from "#lib/session/session.ts";
import { tellOfNewBrowser } from "#lib/session/tell-of-new-browser.ts";
import type { Attempt } from "./attempt.ts";
import { type CountedTry, giveBackTry } from "./give-back-try.ts";
import { stillStands } from "./still-stands.ts";

// Held until the sign-in is done, as the credentials are: who stops the ticket waits, and then finds the session to end.
const ticketOpens = (ticket: string, account: string, now: string): string => `exists (
  select 1 from (
    select id from enrolment_ticket
    where id = ${ticket} and account_id = ${account} and used_at is null and cancelled_at is null and expires_at > ${now}::timestamptz
    for share
  ) ticket_held
)`;

// Whoever holds the account's row meanwhile is not waited for, since they may be waiting for what this sign-in holds: its
// moment is then that of the one before.
const ofTheAccount = `(
  select a.id from account a where a.id = (select account_id from ceremony) for no key update skip locked
) own`;

const establishStatement = {
  name: "sign_in_establish",
  text: `with ceremony as (
      update sign_in_ceremony c set step = 'established', proofs = $3::jsonb
      where c.id = $1 and c.step = 'prove' and c.session_id is null and ${stillStands("c.account_id", "$3")}
        and (c.ticket_id is null or ${ticketOpens("c.ticket_id", "c.account_id", "$6")})
      returning account_id, ticket_id
    ), ${giveBackTry("$18", "$5", "$4", "$6")}, replaced as (
      update session set ended_at = $6, ended_why = 'signed_in_again',
        continued_by = case when account_id = (select account_id from ceremony) then $2::uuid end
      where token_digest = $7 and ended_at is null and exists (select 1 from ceremony)
      returning id, account_id
    ), browser as (
      insert into device as d (id, account_id, token_digest, label, first_seen_at, last_seen_at, signed_in_at)
      select $8::uuid, account_id, $9::text, $10, $6::timestamptz, $6::timestamptz, $6::timestamptz from ceremony where $9::text is not null
      on conflict (account_id, token_digest) do update set last_seen_at = $6, label = $10, signed_in_at = coalesce(d.signed_in_at, $6)
      returning id
    ), opened as (
      insert into session (id, account_id, token_digest, proofs, device_id, device, ip, created_at, last_seen_at, expires_at, ticket_id)
      select $2::uuid, account_id, $11, $3::jsonb, (select id from browser), $10, $12, $6::timestamptz, $6::timestamptz,
        least($13::timestamptz, (select expires_at from enrolment_ticket t where t.id = ceremony.ticket_id)), ticket_id from ceremony
      returning id
    ), stamped as (
      update account set last_sign_in_at = $6 from ${ofTheAccount} where account.id = own.id
    ), trail as (
      insert into audit_event (at, type, outcome, account_id, actor_kind, actor_id, session_id, request_id, ip, device, data)
      select $6::timestamptz, $14, $15, account_id, 'account', account_id, $2::uuid, $16, $12, $10, $17::jsonb from ceremony
      union all
      select $6::timestamptz, 'session.ended', 'success', account_id, 'account', account_id, $2::uuid, $16, $12, $10,
        jsonb_build_object('sessionId', id, 'why', 'signed_in_again') from replaced
    )
    select id from opened`,
};

/**
 * Ends the ceremony in a session, in one statement with the trail: its secret for the cookie, or nothing where the
 * ceremony was not waiting any more (two posts of one form), or the account or what was proven changed meanwhile. A
 * session this browser had before ends. A browser the account does not know, once it knows any, is told to the owner in
 * the same transaction.
 */
export async function establishSession(
  ctx: Context,
  attempt: Attempt & { accountId: string },
  proofs: readonly Proof[],
  previousToken: string | null,
  counted: CountedTry | null,
): Promise<string | null> {
  const newDevice = attempt.deviceId === null;
  const open = (on: Db | Tx) => openSession(on, ctx, attempt, proofs, previousToken, counted, newDevice);
  if (!newDevice || !attempt.hasDevices) return (await open(ctx.db))?.token ?? null;
  return ctx.db.transaction(async (tx) => {
    const opened = await open(tx);
    if (opened) await tellOfNewBrowser(tx, ctx, { accountId: attempt.accountId, sessionId: opened.id });
    return opened?.token ?? null;
  });
}

async function openSession(
  on: Db | Tx,
  ctx: Context,
  attempt: Attempt & { accountId: string },
  proofs: readonly Proof[],
  previousToken: string | null,
  counted: CountedTry | null,
  newDevice: boolean,
): Promise<{ id: string; token: string } | null> {
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  const token = ctx.random(32).toString("base64url");
  const level = assuranceOf(proofs);
  const event: AuditEvent = {
    type: "sign_in.succeeded",
    accountId: attempt.accountId,
    sessionId: id,
    level: level ? acrOf(level) : "",
    newDevice,
    factors: proofs.map(({ factor }) => factor),
  };
  const row = auditRow(ctx, event);
  const { deviceToken, device, ip } = ctx.request;
  const opened = await run(on, establishStatement, [
    attempt.ceremonyId,
    id,
    JSON.stringify(proofs),
    attempt.identityIndex,
    counted?.browser ?? null,
    now,
    previousToken === null ? null : digest(previousToken),
    uuidv7(now, ctx.random),
    deviceToken === null ? null : digest(deviceToken),
    device,
    digest(token),
    ip,
    after(now, attempt.ticketId === null ? SESSION_LIFETIME : ENROLMENT_LIFETIME),
    row.type,
    row.outcome,
    row.requestId,
    JSON.stringify(row.data),
    counted?.addressKey ?? null,
  ]);
  if (opened.length !== 1) return null;
  tellWritten([event]);
  return { id, token };
}
