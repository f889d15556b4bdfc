import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { DATA_EXPORTS_QUEUE } from "#lib/account/data-export/request-export.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { type Doer, recordAll } from "#lib/audit/record.ts";
import { STEP } from "#lib/authenticators/totp/codes.ts";
import { LETTERS_QUEUE } from "#lib/mail/letters.ts";
import { sendJobs } from "#lib/mail/send-job.ts";
import { STAFF_IMPORTS_QUEUE } from "#lib/staff-register/import/queue.ts";
import { RESTORED_JOBS } from "./load-rows.ts";

/** How many of each: sessions, letters that are not sent any more, rounds of letters that wait for somebody. */
export type Ended = { sessions: number; letters: number; rounds: number };

const AT_ONCE = 1_000;

/**
 * Ends what was alive when the copy was taken and may have ended since, in the time that is lost: sessions and sign-ins, tokens of other
 * systems, links and codes, waits for a lost factor, requests of officers, letters that were due. Each is asked for again in a minute;
 * one that comes back to life opens a door that somebody had closed. Rounds of letters are paused: whom they wrote to since, nobody knows.
 */
export async function endWhatLived(tx: Tx, ctx: Doer): Promise<Ended> {
  const now = ctx.now();
  const sessions = await count(
    tx,
    sql`update session set ended_at = ${now}, ended_why = 'restored' where ended_at is null`,
  );
  // Its ceremony cannot be gone on with; what was typed in it is its link's.
  await tx.execute(sql`delete from email_code`);
  await tx.execute(sql`delete from sign_in_ceremony`);
  await tx.execute(sql`delete from activation_ceremony`);
  await tx.execute(sql`delete from totp_enrolment`);
  // Used assertions stay used (RFC 7523 §3).
  await tx.execute(sql`delete from oidc_record where model <> 'ReplayDetection'`);
  for (const links of [sql`activation_link`, sql`mailbox_change`])
    await tx.execute(
      sql`update ${links} set superseded_at = ${now} where consumed_at is null and superseded_at is null`,
    );
  await tx.execute(sql`update password_reset set expires_at = ${now} where done_at is null and expires_at > ${now}`);
  await tx.execute(sql`update recovery set cancelled_at = ${now} where cancelled_at is null and completed_at is null`);
  await tx.execute(
    sql`update enrolment_ticket set cancelled_at = ${now} where cancelled_at is null and used_at is null`,
  );
  await tx.execute(sql`update caller_check set expires_at = ${now} where expires_at > ${now}`);
  await tx.execute(sql`update officer_request set expires_at = ${now} where state = 'open' and expires_at > ${now}`);
  await tx.execute(
    sql`update transaction_approval set expires_at = ${now} where state = 'open' and expires_at > ${now}`,
  );
  // A code that opened in the time that is lost opens nothing again (RFC 6238 §5.2); nobody waits longer than a minute for the next.
  const step = Math.floor(now.getTime() / STEP) + 1;
  await tx.execute(sql`update totp_credential set last_step = greatest(last_step, ${step})`);
  return { sessions, letters: await dropDueLetters(tx, ctx), rounds: await pauseRounds(tx, ctx) };
}

const count = async (tx: Tx, statement: ReturnType<typeof sql>): Promise<number> =>
  (await tx.execute(statement)).rowCount ?? 0;

/** What is due is so by the database's clock, as in the queues. */
async function dropDueLetters(tx: Tx, ctx: Doer): Promise<number> {
  const { rows } = await tx.execute<{ id: string; kind: string; account: string }>(
    sql`update letter set state = 'moot' where state = 'queued' and not exists (
        select from ${sql.raw(RESTORED_JOBS)} j where j.name = ${LETTERS_QUEUE} and j.id = letter.id and j.start_after > now())
      returning id, kind, account_id as account`,
  );
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await recordAll(
      tx,
      ctx,
      rows
        .slice(from, from + AT_ONCE)
        .map(({ id, kind, account }): AuditEvent => ({ type: "letter.moot", accountId: account, letterId: id, kind })),
    );
  return rows.length;
}

async function pauseRounds(tx: Tx, ctx: Doer): Promise<number> {
  const invitations = await tx.execute<{ id: string }>(
    sql`update invitation_round set state = 'paused' where state = 'running' returning id`,
  );
  const runs = await tx.execute<{ id: string; campaign: string }>(
    sql`update campaign_run set state = 'paused' where state = 'running' returning id, campaign_id as campaign`,
  );
  await recordAll(tx, ctx, [
    ...invitations.rows.map(({ id }): AuditEvent => ({ type: "invitations.paused", accountId: null, batchId: id })),
    ...runs.rows.map(
      ({ id, campaign }): AuditEvent => ({
        type: "campaign_letters.paused",
        accountId: null,
        campaignId: campaign,
        runId: id,
      }),
    ),
  ]);
  return invitations.rows.length + runs.rows.length;
}

/** Work that changes nothing twice, whenever it is done. */
const GOES_ON = [DATA_EXPORTS_QUEUE, STAFF_IMPORTS_QUEUE];

/** Leaves the work that waited to the queues again: all of it, or what goes on and the letters that are not due yet. */
export async function owedAgain(tx: Tx, { all }: { all: boolean }): Promise<number> {
  const { rows } = await tx.execute<{ id: string; name: string; data: object; startAfter: Date }>(
    sql`select j.id, j.name, coalesce(j.data, '{}') as data, j.start_after as "startAfter" from ${sql.raw(RESTORED_JOBS)} j
      where ${all} or j.name in ${GOES_ON} or (j.name = ${LETTERS_QUEUE} and j.start_after > now()) order by j.name`,
  );
  for (const [queue, jobs] of Map.groupBy(rows, ({ name }) => name))
    for (let from = 0; from < jobs.length; from += AT_ONCE)
      await sendJobs(
        tx,
        queue,
        jobs
          .slice(from, from + AT_ONCE)
          .map(({ id, data, startAfter }) => ({ id, data, startAfter: new Date(startAfter) })),
      );
  return rows.length;
}
