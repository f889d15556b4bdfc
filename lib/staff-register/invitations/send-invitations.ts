import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { invitationRound } from "#db/schema/staff-register.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, seconds } from "#lib/kernel/time.ts";
import { enqueueAll } from "#lib/mail/enqueue.ts";
import { shareOfPace } from "./pace.ts";

/**
 * Owes a minute's share (of `pace` letters a minute, `shareOfPace`) of the round that runs, spread over the minute so that the
 * provider is not stormed. Who activated, or was suspended or closed since the round began, is passed over; so are mailboxes
 * that nothing reaches. Called once a minute; answers how many letters it owed, null where no round runs. Paused: what was
 * owed in the last minute still goes.
 */
export async function sendInvitations(ctx: Context, pace: number): Promise<number | null> {
  return ctx.db.transaction(async (tx) => {
    const [round] = await tx
      .select({ id: invitationRound.id })
      .from(invitationRound)
      .where(eq(invitationRound.state, "running"))
      .for("update");
    if (!round) return null;
    const aMinute = await shareOfPace(tx, ctx, "invitations", pace);
    await passOver(tx, ctx, round.id);
    const people = await takeNext(tx, ctx, round.id, aMinute);
    await enqueueAll(
      tx,
      ctx,
      people.map(({ accountId, to }, n) => {
        const notBefore = after(ctx.now(), seconds((n * 60) / aMinute));
        return { kind: "invitation", accountId, to, about: { roundId: round.id }, notBefore };
      }),
    );
    if (people.length < aMinute)
      await tx
        .update(invitationRound)
        .set({ state: "done", endedAt: ctx.now() })
        .where(eq(invitationRound.id, round.id));
    return people.length;
  });
}

const passOver = (tx: Tx, ctx: Context, roundId: string) =>
  tx.execute(sql`update invitation i set dealt_with_at = ${ctx.now()}::timestamptz from account a
    where i.round_id = ${roundId} and i.dealt_with_at is null and a.id = i.account_id
      and (a.status <> 'pre_registered' or exists (select from undeliverable_mailbox u where u.mailbox = a.official_email and u.is_final))`);

async function takeNext(
  tx: Tx,
  ctx: Context,
  roundId: string,
  most: number,
): Promise<{ accountId: string; to: string }[]> {
  const { rows } = await tx.execute<{ accountId: string; to: string }>(sql`
    update invitation i set dealt_with_at = ${ctx.now()}::timestamptz, is_sent = true from account a
    where a.id = i.account_id and i.round_id = ${roundId} and i.account_id in (
      select account_id from invitation where round_id = ${roundId} and dealt_with_at is null order by account_id limit ${most})
    returning i.account_id as "accountId", a.official_email::text as "to"`);
  return rows;
}
