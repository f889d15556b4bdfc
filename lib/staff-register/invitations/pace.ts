import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";

/** Invitations a minute, where nothing else is configured: half of what Resend takes of a new customer. */
export const DEFAULT_MAIL_PER_MINUTE = 60;

/** The letters that go out to many, and share the mail provider's pace. */
const many = ["invitations", "campaigns", "moves"] as const;
type Many = (typeof many)[number];

/**
 * What one of them may send this minute of what the provider takes (letters a minute): all where the others rest, else its
 * part, and at least one. A campaign rests on its quiet days. moves: to people who have moved together and wait to be told.
 */
export async function shareOfPace(on: Tx | Context["db"], ctx: Context, of: Many, aMinute: number): Promise<number> {
  const today = sql`${dayOf(ctx.now())}::date`;
  const { rows } = await on.execute<Record<Many, boolean>>(sql`select
    exists (select from invitation_round where state = 'running') as invitations,
    exists (select from campaign_run r join campaign c on c.id = r.campaign_id
      where r.state = 'running' and c.state in ('announced', 'running')
        and not (extract(isodow from ${today})::int = any(c.quiet_weekdays) or ${today} = any(c.quiet_days))) as campaigns,
    exists (select from campaign_person where completed_at is not null and told_at is null) as moves`);
  const atWork = many.filter((each) => each === of || rows[0]?.[each]);
  // What cannot be divided goes to the first of them.
  const rest = atWork[0] === of ? aMinute % atWork.length : 0;
  return Math.max(1, Math.floor(aMinute / atWork.length) + rest);
}
