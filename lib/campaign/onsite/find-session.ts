import { run } from "#db/named.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { Officer, Right } from "#lib/office/roles/rights.ts";
import { figuresColumns, figuresJoin, type SessionFigures } from "./list-sessions.ts";
import { reachesAll, reachesSome } from "./session/reach-session.ts";

export type SessionShown = SessionFigures & {
  noteMs: string | null;
  noteEn: string | null;
  campaignMs: string;
  campaignEn: string;
  campaignClosed: boolean;
};

const statement = {
  name: "onsite_session_shown",
  text: `select ${figuresColumns}, s.note_ms as "noteMs", s.note_en as "noteEn", c.name_ms as "campaignMs", c.name_en as "campaignEn",
      c.state = 'closed' as "campaignClosed"
    from onsite_session s ${figuresJoin} join campaign c on c.id = s.campaign_id where s.id = $1 and s.campaign_id = $2`,
};

/**
 * A session for a page about it. `how`: whether the right has to reach all of its offices, or one. Null where there is none
 * for the officer, which is recorded.
 */
export async function findSession(
  ctx: Context,
  officer: Officer,
  right: Right,
  { campaignId, sessionId, how = "some" }: { campaignId: string; sessionId: string; how?: "all" | "some" },
): Promise<SessionShown | null> {
  const [found] =
    isUuid(campaignId) && isUuid(sessionId) ? await run<SessionShown>(ctx.db, statement, [sessionId, campaignId]) : [];
  const officeIds = found?.offices.map(({ id }) => id) ?? [];
  if (found && (how === "all" ? reachesAll : reachesSome)(officer, right, officeIds)) return found;
  await ctx.db.transaction((tx) => record(tx, ctx, { type: "access.refused", accountId: null, right }));
  return null;
}
