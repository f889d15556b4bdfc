import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isOpen } from "../people/picture.ts";

/** awaits: a move to Roaming OTP is before them, which they may go on with now. moved: they have made one. */
export type MoveStanding = "awaits" | "moved" | "none";

const statement = {
  name: "campaign_move_of_person",
  text: `select coalesce(bool_or(p.state in ('not_begun', 'under_way') and ${isOpen("c")}), false) as awaits,
      coalesce(bool_or(p.completed_at is not null), false) as moved
    from campaign_person p join campaign c on c.id = p.campaign_id where p.account_id = $1`,
};

/** How far whoever is signed in has come with moving to Roaming OTP: one statement. */
export async function moveStanding(ctx: Context): Promise<MoveStanding> {
  if (ctx.actor.kind !== "account") return "none";
  const [found] = await run<{ awaits: boolean; moved: boolean }>(ctx.db, statement, [ctx.actor.accountId]);
  return found?.awaits ? "awaits" : found?.moved ? "moved" : "none";
}
