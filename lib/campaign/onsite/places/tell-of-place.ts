import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { onsitePlace } from "#db/schema/onsite.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, hours } from "#lib/kernel/time.ts";
import { enqueueAll } from "#lib/mail/enqueue.ts";
import type { OnsiteNews } from "#lib/mail/letters.ts";
import { limits } from "#lib/throttle/limits.ts";
import type { HeldSession } from "../session/reach-session.ts";
import type { PlaceState } from "./place-moves.ts";

type Told = { placeId: string; accountId: string };

const mailboxes = {
  name: "onsite_mailboxes",
  text: `select a.id, a.official_email::text as "to" from account a
    where a.id = any($1::uuid[]) and a.status not in ('closed', 'suspended')
      and not exists (select from undeliverable_mailbox u where u.mailbox = a.official_email and u.is_final)
      and (select count(*) from letter l where l.account_id = a.id and l.kind = 'onsite_place' and l.created_at > $2) < $3`,
};

/**
 * Owes everybody whose places these are a letter of what became of them, at the official mailbox. Mailboxes that nothing
 * reaches are passed over, and so is whoever had as many of these letters within the hour as anybody gets of a kind: asked to
 * come and taken off again and again, nobody is bombed with mail. Answers how many it owed.
 */
export async function tellOfPlaces(tx: Tx, ctx: Context, news: OnsiteNews, places: readonly Told[]): Promise<number> {
  if (places.length === 0) return 0;
  const rows = await run<{ id: string; to: string }>(tx, mailboxes, [
    places.map(({ accountId }) => accountId),
    before(ctx.now(), hours(1)),
    limits.letters.anHour,
  ]);
  const to = new Map(rows.map((row) => [row.id, row.to]));
  const owed = places.flatMap(({ placeId, accountId }) => {
    const mailbox = to.get(accountId);
    return mailbox === undefined
      ? []
      : [{ kind: "onsite_place" as const, accountId, to: mailbox, about: { placeId, news } }];
  });
  await enqueueAll(tx, ctx, owed);
  return owed.length;
}

/** The same to all of a session who stand in one of these states. */
export async function tellEverybody(
  tx: Tx,
  ctx: Context,
  session: Pick<HeldSession, "id">,
  news: OnsiteNews,
  states: readonly PlaceState[],
): Promise<number> {
  const places = await tx
    .select({ placeId: onsitePlace.id, accountId: onsitePlace.accountId })
    .from(onsitePlace)
    .where(and(eq(onsitePlace.sessionId, session.id), inArray(onsitePlace.state, [...states])));
  return tellOfPlaces(tx, ctx, news, places);
}
