import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaignRun } from "#db/schema/campaign-run.ts";
import { dayOf, endOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, before, seconds } from "#lib/kernel/time.ts";
import { enqueueAll } from "#lib/mail/enqueue.ts";
import { shareOfPace } from "#lib/staff-register/invitations/pace.ts";
import { beginDueRuns } from "./begin-due-runs.ts";
import { concerned } from "./concerned.ts";
import { endRuns, isOverdue } from "./end-runs.ts";
import { isQuiet } from "./quiet-days.ts";

/** People looked at in one transaction: what a process that is killed loses, and all that it holds in memory. */
const PIECE = 1_000;

/**
 * Begins what is due and owes a minute's share (of `pace` letters a minute, `shareOfPace`) of the runs that are open, spread
 * over the minute; those that an officer began first, since somebody waits for them. Each piece is one transaction with the
 * place up to which it came, so whoever is killed is followed by the next without a letter lost or doubled. Called once a
 * minute; answers how many letters it owed, null where no run is open today.
 */
export async function sendCampaignLetters(ctx: Context, pace: number): Promise<number | null> {
  await ctx.db.transaction((tx) => endRuns(tx, ctx, isOverdue(ctx)));
  await beginDueRuns(ctx);
  const aMinute = await shareOfPace(ctx.db, ctx, "campaigns", pace);
  let owed = 0;
  let hasWorked = false;
  while (owed < aMinute) {
    const piece = await owePiece(ctx, { owed, aMinute });
    if (piece === null) break;
    hasWorked = true;
    owed += piece;
  }
  return hasWorked ? owed : null;
}

type OpenRun = {
  id: string;
  campaignId: string;
  phaseId: string;
  kind: "invitation" | "reminder";
  heldUpBy: string | null;
  officeIds: string[] | null;
  after: string | null;
  quietWeekdays: number[];
  quietDays: string[];
};

// All that are open are held, so that two who work at once follow each other: the second sees whom the first wrote to today.
const openRuns = sql`
  select r.id, r.campaign_id as "campaignId", r.phase_id as "phaseId", r.kind, r.held_up_by as "heldUpBy",
    r.office_ids as "officeIds", r.last_account_id as after, c.quiet_weekdays as "quietWeekdays", c.quiet_days::text[] as "quietDays"
  from campaign_run r join campaign c on c.id = r.campaign_id
  where r.state = 'running' and c.state in ('announced', 'running') order by r.started_by is null, r.started_at, r.id for update of r`;

/** The next piece of the first run that may go on today; null where none may. */
const owePiece = (ctx: Context, { owed, aMinute }: { owed: number; aMinute: number }): Promise<number | null> =>
  ctx.db.transaction(async (tx) => {
    const { rows: open } = await tx.execute<OpenRun>(openRuns);
    const run = open.find((each) => !isQuiet(each, dayOf(ctx.now())));
    if (!run) return null;
    const people = await takeNext(tx, ctx, run, aMinute - owed);
    const written = people.filter(({ outcome }) => outcome === "owed");
    const lastMoment = before(endOf(dayOf(ctx.now())), seconds(1));
    await enqueueAll(
      tx,
      ctx,
      written.map(({ accountId, mailbox: to }, n) => {
        const evenly = after(ctx.now(), seconds(((owed + n) * 60) / aMinute)).getTime();
        const notBefore = new Date(Math.min(evenly, lastMoment.getTime()));
        return { kind: `campaign_${run.kind}` as const, accountId, to, about: { runId: run.id }, notBefore };
      }),
    );
    const passed = (why: string) => people.filter(({ outcome }) => outcome === why).length;
    // Cut off by the share, or by the piece: there may be more.
    const isOver = people.length < PIECE && written.length < aMinute - owed;
    await tx
      .update(campaignRun)
      .set({
        sent: sql`${campaignRun.sent} + ${written.length}`,
        unreachable: sql`${campaignRun.unreachable} + ${passed("unreachable")}`,
        hadToday: sql`${campaignRun.hadToday} + ${passed("had_today")}`,
        lastAccountId: people.at(-1)?.accountId ?? run.after,
        ...(isOver && { state: "done" as const, endedAt: ctx.now() }),
      })
      .where(eq(campaignRun.id, run.id));
    return written.length;
  });

type Taken = { accountId: string; mailbox: string; outcome: "owed" | "unreachable" | "had_today" };

/** The next people of a run, written down as dealt with; of those that are to have a letter, as many as the share allows. */
async function takeNext(tx: Tx, ctx: Context, run: OpenRun, share: number): Promise<Taken[]> {
  const { rows } = await tx.execute<Taken>(sql`
    with next as (${concerned(run, ctx.now())} order by p.account_id limit ${PIECE}),
    counted as (select *, count(*) filter (where outcome = 'owed') over (order by account_id) as so_far from next),
    taken as (select * from counted where so_far <= ${share}),
    kept as (insert into campaign_letter (run_id, account_id, outcome, day, owed_at)
      select ${run.id}::uuid, account_id, outcome, ${dayOf(ctx.now())}::date, ${ctx.now()}::timestamptz from taken)
    select account_id as "accountId", mailbox, outcome from taken order by account_id`);
  return rows;
}
