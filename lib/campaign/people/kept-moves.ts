import { run } from "#db/named.ts";
import type { campaignPerson } from "#db/schema/campaign.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isOpen } from "./picture.ts";

/** How far somebody had come in an open campaign when they were last looked at; `phase`: its number, null without one. */
export type KeptMove = Pick<
  typeof campaignPerson.$inferSelect,
  "campaignId" | "state" | "missing" | "heldUpBy" | "completedAt"
> & { nameMs: string; nameEn: string; phase: number | null };

const statement = {
  name: "campaign_moves_kept",
  text: `select p.campaign_id as "campaignId", c.name_ms as "nameMs", c.name_en as "nameEn", p.state, p.missing,
      p.held_up_by as "heldUpBy", p.completed_at as "completedAt", f.number as phase
    from campaign_person p join campaign c on c.id = p.campaign_id and ${isOpen("c")} left join campaign_phase f on f.id = p.phase_id
    where p.account_id = $1 and p.state <> 'left' order by c.announced_at, c.id`,
};

/** For officers, who change nothing by looking; that this one may see the account is its caller's to make sure of. */
export const keptMoves = (ctx: Pick<Context, "db">, accountId: string): Promise<KeptMove[]> =>
  run<KeptMove>(ctx.db, statement, [accountId]);
