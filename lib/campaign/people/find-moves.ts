import { run } from "#db/named.ts";
import type { CampaignRequirement, CampaignState, campaignPerson } from "#db/schema/campaign.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isOtherwise, lookAgain } from "./look-again.ts";
import { pictureOf } from "./picture.ts";

type Row = typeof campaignPerson.$inferSelect;

/** Days as `2026-11-21`, first and last, in the agency's zone. */
export type MovePhase = { number: number; fromDay: string; untilDay: string };

/** A campaign that is open and for somebody, and how far they have come in it. */
export type Move = Pick<Row, "campaignId" | "missing" | "heldUpBy"> & {
  state: Exclude<Row["state"], "left">;
  nameMs: string;
  nameEn: string;
  reasonMs: string;
  reasonEn: string;
  authority: string;
  contacts: string;
  campaignState: CampaignState;
  requirements: CampaignRequirement[];
  /** Null where their office is in none. */
  phase: MovePhase | null;
  /** When they had moved; null while they have not. */
  completedAt: Date | null;
  /** An AP has been asked to confirm that they move, and has not answered. */
  isPutForward: boolean;
  /** Of their hardware tokens: still in use, to be handed back, and back already. What is lost is in none. */
  tokens: { inUse: number; toHandBack: number; returned: number };
};

const tokens = `(select jsonb_build_object('inUse', count(*) filter (where t.state = 'issued'),
    'toHandBack', count(*) filter (where t.state in ('retired', 'revoked', 'misused')),
    'returned', count(*) filter (where t.state = 'returned'))
  from hardware_token t where t.holder_id = n.account_id)`;

const isPutForward = `exists (select from move_request m where m.account_id = n.account_id and m.campaign_id = n.campaign_id
  and m.kind = 'enrolment' and m.state = 'open')`;

// What is still to be done comes first, and of that what ends first.
const statement = {
  name: "campaign_moves_of_account",
  text: `select n.campaign_id as "campaignId", n.state, n.missing, n.held_up_by as "heldUpBy", c.name_ms as "nameMs", c.name_en as "nameEn",
      c.reason_ms as "reasonMs", c.reason_en as "reasonEn", c.authority, c.contacts, c.state as "campaignState", c.requirements,
      case when ph.id is not null then jsonb_build_object('number', ph.number, 'fromDay', ph.from_day, 'untilDay', ph.until_day) end as phase,
      p.completed_at as "completedAt", ${isPutForward} as "isPutForward", ${tokens} as tokens, (${isOtherwise}) as "isOtherwise"
    from (${pictureOf({ accounts: "array[$1::uuid]", now: "$2", day: "$3" })}) n join campaign c on c.id = n.campaign_id
      left join campaign_phase ph on ph.id = n.phase_id
      left join campaign_person p on p.campaign_id = n.campaign_id and p.account_id = n.account_id
    order by n.state = 'done', ph.until_day, c.announced_at, c.id`,
};

const find = (ctx: Context, accountId: string) =>
  run<Move & { isOtherwise: boolean }>(ctx.db, statement, [accountId, ctx.now(), dayOf(ctx.now())]);

/**
 * The open campaigns that are for somebody, by their facts as they are at this moment. Where that is not what was last
 * found of them, it is kept now, for their office to see, and not only by the minute: it is a picture of what they did
 * before, and nothing is decided by it. One statement where all is as it was; `[]` of most people.
 */
export async function findMoves(ctx: Context, accountId: string): Promise<Move[]> {
  const moves = await find(ctx, accountId);
  if (!moves.some(({ isOtherwise }) => isOtherwise)) return moves;
  await ctx.db.transaction((tx) => lookAgain(tx, ctx, [accountId]));
  return find(ctx, accountId);
}
