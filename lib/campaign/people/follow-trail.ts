import { sql } from "drizzle-orm";
import { run } from "#db/named.ts";
import { campaignTrail } from "#db/schema/campaign.ts";
import { eventsAbout } from "#lib/account/activity/topics.ts";
import { settledUntil } from "#lib/audit/seal/settled-until.ts";
import type { Context } from "#lib/kernel/context.ts";
import { lookAgain } from "./look-again.ts";
import { lookAtEverybody } from "./look-at-everybody.ts";
import { isOpen } from "./picture.ts";

/** Accounts of one look, and how many may have changed before looking at everybody is less work. */
const PIECE = 500;
const MANY = 20_000;

const neededStatement = {
  name: "campaign_people_needed",
  text: `select exists (select from campaign c where ${isOpen("c")}) as "open",
      exists (select from campaign c where ${isOpen("c")} and (c.people_looked_at is null or c.people_looked_at < c.announced_at)) as "unknown",
      (select last_event_id from campaign_trail where id = 1) as "last"`,
};

// What a campaign asks for is otherwise, or an office is: that is on nobody's account.
const ofEverybodyStatement = {
  name: "campaign_people_of_everybody",
  text: `select exists (select from audit_event e where e.id > $1 and e.id <= $2
      and (e.type like 'campaign.%' or e.type = 'setting.changed' and e.data->>'setting' like 'office.%')) as "all"`,
};

// Coming and going changes no fact, and is most of the trail.
const sinceStatement = {
  name: "campaign_people_since",
  text: `select e.account_id as id, min(e.id) as "first" from audit_event e
    where e.id > $1 and e.id <= $2 and e.account_id is not null and e.type <> all($3::text[])
    group by 1 order by 2 limit ${MANY}`,
};
const comings = eventsAbout("sign_in");

type Event = { id: string; first: string };
export type Followed = { looked: number; changed: number };

/**
 * Looks again at everybody to whom something happened since the last time: the trail is the log of changes. Everybody is
 * looked at where a campaign was announced or changed, or an office was. Until which event it looked it keeps, and that is
 * never beyond one that is still being written, nor beyond one of somebody whose account was being changed just then.
 * Answers null where no campaign is open, or somebody writes to the trail for longer than can be waited for. By the clock,
 * one at a time; whoever is stopped is followed by the next.
 */
export async function followTrail(ctx: Context): Promise<Followed | null> {
  const [needed] = await run<{ open: boolean; unknown: boolean; last: string | null }>(ctx.db, neededStatement, []);
  if (!needed?.open) return null;
  const until = await settledUntil(ctx);
  if (until === null) return null;
  const since = needed.last === null || needed.unknown ? null : await happened(ctx, Number(needed.last), until);
  const { first, ...followed } =
    since === null ? { ...(await lookAtEverybody(ctx)), first: null } : await lookAt(ctx, since);
  await keep(ctx, first === null ? until : first - 1);
  return followed;
}

/** Whose events there were, each with their first; null where everybody is to be looked at. */
async function happened(ctx: Context, last: number, until: number): Promise<Event[] | null> {
  const [all] = await run<{ all: boolean }>(ctx.db, ofEverybodyStatement, [last, until]);
  if (all?.all) return null;
  const events = await run<Event>(ctx.db, sinceStatement, [last, until, comings]);
  return events.length < MANY ? events : null;
}

/** `first`: the first event of somebody who was passed over. */
async function lookAt(ctx: Context, events: readonly Event[]): Promise<Followed & { first: number | null }> {
  let changed = 0;
  const passedOver = new Set<string>();
  for (let from = 0; from < events.length; from += PIECE) {
    const ids = events.slice(from, from + PIECE).map(({ id }) => id);
    const looked = await ctx.db.transaction((tx) => lookAgain(tx, ctx, ids));
    changed += looked.changed;
    for (const id of looked.passedOver) passedOver.add(id);
  }
  const again = events.find(({ id }) => passedOver.has(id));
  return { looked: events.length, changed, first: again ? Number(again.first) : null };
}

const keep = (ctx: Context, lastEventId: number) =>
  ctx.db
    .insert(campaignTrail)
    .values({ id: 1, lastEventId, lookedAt: ctx.now() })
    .onConflictDoUpdate({
      target: campaignTrail.id,
      set: { lastEventId: sql`excluded.last_event_id`, lookedAt: ctx.now() },
    });
