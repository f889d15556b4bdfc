import { sql } from "drizzle-orm";
import { campaignRun } from "#db/schema/campaign-run.ts";
import { sendCampaignLetters } from "#lib/campaign/letters/send-campaign-letters.ts";
import type { Context } from "#lib/kernel/context.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { afterCollection, highestMemory } from "./measure-memory.ts";
import { report } from "./report.ts";

/** Letters a minute: far above any provider's pace, so that what is measured is the run and no waiting. */
const A_MINUTE = 5_000;

/**
 * A reminder to everybody of a campaign who has something left to do, owed at once: letters a second, and memory. Fails where
 * somebody is written to twice, or is left out.
 */
export async function measureReminders(ctx: Context, campaignId: string, people: number): Promise<void> {
  await ctx.db.execute(sql`update campaign set quiet_weekdays = '{}', quiet_days = '{}', state = 'running'`);
  const { rows: phases } = await ctx.db.execute<{ id: string }>(
    sql`select id from campaign_phase where campaign_id = ${campaignId}`,
  );
  // By hand, as an officer would: the schedule would invite first, on each phase's own day.
  const { rows: officers } = await ctx.db.execute<{ id: string }>(sql`select id from account limit 1`);
  const now = ctx.now();
  await ctx.db.insert(campaignRun).values(
    phases.map(({ id: phaseId }) => {
      const id = uuidv7(now, ctx.random);
      const run = {
        id,
        campaignId,
        phaseId,
        kind: "reminder",
        occasion: id,
        state: "running",
        startedAt: now,
      } as const;
      return { ...run, startedBy: officers[0]?.id ?? null };
    }),
  );
  const before = afterCollection();
  const highest = highestMemory();
  const began = performance.now();
  let letters = 0;
  for (
    let owed = await sendCampaignLetters(ctx, A_MINUTE);
    owed !== null;
    owed = await sendCampaignLetters(ctx, A_MINUTE)
  )
    letters += owed;
  const seconds = (performance.now() - began) / 1_000;
  const memoryGrowthMb = (highest.stop() - before.resident) / 1e6;
  const heldMb = (afterCollection().held - before.held) / 1e6;
  const { rows } = await ctx.db.execute<{ twice: number; left: number }>(sql`select
    (select count(*)::int from (select account_id from letter where kind like 'campaign_%' group by 1 having count(*) > 1) t) as twice,
    (select count(*)::int from campaign_person p where p.campaign_id = ${campaignId} and p.phase_id is not null
      and p.state in ('not_begun', 'under_way') and p.held_up_by in ('not_activated', 'second_factor', 'mobile', 'official_email')
      and not exists (select from letter l where l.account_id = p.account_id and l.kind like 'campaign_%')) as left`);
  if (rows[0]?.twice !== 0 || rows[0].left !== 0) throw new Error(`Not everybody once: ${JSON.stringify(rows[0])}`);
  const figures = { people, letters, seconds, memoryGrowthMb, heldMb };
  report({ bench: "campaign", case: "remind everybody", ours: letters / seconds, unit: "letters/s", ...figures });
}
